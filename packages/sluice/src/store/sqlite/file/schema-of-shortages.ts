// Version 3 of the database: a row of the log can say how the budget or the account stood that had too few credits.

/** JSON, in the few rows that have any. */
export const schemaVersion3 = "ALTER TABLE request ADD COLUMN shortage TEXT";
