// The function that runs a batch of commands on the ledger: in their order, as if each were alone, in one call. What
// is needed is locked and read at its start and written at its end; in between everything is in memory.

import { answerOthers, writeBatch } from "./ledger-answer.ts";
import { decideEnd, endHold, tellRemaining } from "./ledger-end.ts";
import { loadBatch } from "./ledger-load.ts";
import { decideReserve } from "./ledger-take.ts";

/** A command names holds and scopes by their places in the two lists. */
const command = `
  kind text, now_ms double precision, hold int, account int, credits bigint,
  every_ms double precision, period text, start_ms double precision, month_ms double precision,
  month_end_ms double precision, budgets int[], caps bigint[], amount bigint,
  expires_ms double precision, operation text, key_id text, record_account int, key text,
  fingerprint text, overage bigint, answer text, remember_ms double precision, slots text,
  reason text
`;

/**
 * Every row is found by its key, and the plan for that is made once: a planner that has no statistics yet, or counts
 * on a table that was small when it looked, would read all of it with each batch.
 */
const plans = "SET plan_cache_mode = force_generic_plan SET enable_seqscan = off";

const run = `
CREATE OR REPLACE FUNCTION run_ledger(hold_ids text[], scope_names text[], commands jsonb)
RETURNS TABLE (told text, remaining bigint, charged bigint, note text)
LANGUAGE plpgsql SET search_path = sluice, pg_temp ${plans} AS $$
#variable_conflict use_variable
DECLARE
  -- Scopes in the order of their numbers, and what goes with each: the number of its newest entry, the place of the
  -- first of its pots, and of its budget's newest month.
  scopes bigint[];
  counts bigint[];
  first_pot int[];
  current_budget int[];
  named bigint[];
  holds hold[];
  -- 1: changed, 2: made.
  touched smallint[];
  held_by bigint[];
  records bigint[];
  changed hold[];
  pots pot[];
  pot_numbers bigint[];
  next_pot int[];
  firsts int[];
  budgets budget[];
  budget_numbers bigint[];
  lines entry[] := '{}';
  line int := 0;
  entries bigint;
  c record;
  hold hold;
  pot pot;
  budget budget;
  known idempotency;
  ending text;
  charge bigint;
  unpaid bigint;
  part bigint;
  paid bigint;
  granted bigint;
  all_held bigint;
  credits bigint;
  every_ms double precision;
  took bigint[];
  took_amounts bigint[];
  held_over bigint[];
  recorded bigint;
  allowance_at int;
  is_running boolean;
  n bigint;
  a int;
  s int;
  i int;
  at int;
BEGIN
${loadBatch}
  FOR c IN SELECT * FROM jsonb_to_recordset(commands) AS c (${command}) LOOP
    told := NULL;
    remaining := NULL;
    charged := NULL;
    note := NULL;
    hold := NULL;
    IF c.hold IS NOT NULL THEN
      hold := holds[c.hold];
    END IF;
    IF c.kind IN ('settle', 'release', 'detach', 'expire') THEN
${decideEnd}${endHold}
    END IF;
${tellRemaining}
    IF c.kind IN ('reserve', 'recall') THEN
${decideReserve}
    ELSE
${answerOthers}
    END IF;
    told := coalesce(told, 'done');
    RETURN NEXT;
  END LOOP;
${writeBatch}
END $$;
`;

/**
 * Ends what is overdue. Two sweeps at once share the work: neither waits for the other's holds, which are locked in
 * the order in which a batch locks them.
 */
const expire = `
CREATE OR REPLACE FUNCTION expire_holds(
  now_ms double precision, due_ms double precision, remember_ms double precision, most int
) RETURNS SETOF text LANGUAGE plpgsql SET search_path = sluice, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  due text[];
BEGIN
  due := ARRAY(
    SELECT o.id FROM hold o
    WHERE o.state = 'open' AND o.expires_ms <= CASE WHEN o.slots IS NULL THEN due_ms ELSE now_ms END
      AND o.expires_ms <= greatest(due_ms, now_ms)
    ORDER BY o.n LIMIT most FOR UPDATE SKIP LOCKED);
  PERFORM run_ledger(due, '{}', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', 'expire', 'hold', u.at, 'now_ms', now_ms,
      'remember_ms', remember_ms) ORDER BY u.at), '[]')
    FROM unnest(due) WITH ORDINALITY AS u (id, at)));
  RETURN QUERY SELECT unnest(due);
END $$;
`;

export const ledgerFunctions: string = run + expire;
