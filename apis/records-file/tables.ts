// The tables that every file of records has, whatever its API.

/** Belongs into version 1 of each schema, so it is never edited. */
export const commonTables = `
CREATE TABLE openings (
  count INTEGER NOT NULL
) STRICT;
INSERT INTO openings (count) VALUES (0);
CREATE TABLE claimed_id (
  id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;
