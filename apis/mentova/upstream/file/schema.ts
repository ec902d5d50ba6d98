// Version 1 of the file. Things are kept as they are, in JSON; what they are found by stands beside
// them, and `n` keeps the order of creation.

import { commonTables } from "@sluice-apis/records-file";

/** A campaign names its topic in its JSON: the column repeats it for the database to hold on to. */
export const schemaVersion1 = `${commonTables}
CREATE TABLE brand (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (account_id, folded_name)
) STRICT;
CREATE TABLE topic (
  n INTEGER PRIMARY KEY,
  brand_id TEXT NOT NULL REFERENCES brand (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (brand_id, id)
) STRICT;
CREATE INDEX topic_of_brand ON topic (brand_id);
CREATE TABLE campaign (
  n INTEGER PRIMARY KEY,
  brand_id TEXT NOT NULL,
  id TEXT NOT NULL,
  topic_id TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.topic.id') STORED,
  record TEXT NOT NULL,
  UNIQUE (brand_id, id),
  FOREIGN KEY (brand_id, topic_id) REFERENCES topic (brand_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX campaign_of_brand ON campaign (brand_id);
CREATE INDEX campaign_of_topic ON campaign (brand_id, topic_id);
CREATE TABLE avatar (
  n INTEGER PRIMARY KEY,
  brand_id TEXT NOT NULL REFERENCES brand (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (brand_id, id)
) STRICT;
CREATE INDEX avatar_of_brand ON avatar (brand_id);
CREATE TABLE opportunity (
  n INTEGER PRIMARY KEY,
  brand_id TEXT NOT NULL REFERENCES brand (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (brand_id, id)
) STRICT;
CREATE INDEX opportunity_of_brand ON opportunity (brand_id);
`;
