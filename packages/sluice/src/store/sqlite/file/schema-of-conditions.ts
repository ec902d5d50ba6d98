// Version 7 of the database: people look for what was refused by its condition, which may be rare among many rows.

/** Nothing that was answered has one, so it costs most rows nothing. */
export const schemaOfConditions: string = `
CREATE INDEX request_of_condition ON request (condition, at_ms) WHERE condition IS NOT NULL;
`;
