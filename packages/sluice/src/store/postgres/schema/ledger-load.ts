// The function that runs a batch, first part: what the batch is about, locked in one order and read once.

/**
 * The order of all locks of the ledger is: holds by id, then scopes by number, then nothing that anybody waits for. So
 * two batches never wait for each other in a circle, whatever they are about. The sweeper takes its holds by the same
 * order, and never waits for one.
 * Everything is read after its lock was taken: each statement sees what was committed until it began.
 */
export const loadBatch: string = `
  -- A database that was told to be quick with commits must not be so with money.
  IF current_setting('synchronous_commit') IN ('off', 'local') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;

  SELECT array_agg(s.n ORDER BY u.at) INTO named
    FROM unnest(scope_names) WITH ORDINALITY AS u (name, at) LEFT JOIN scope s USING (name);
  IF array_position(named, NULL) IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a scope has no row yet';
  END IF;

  -- As rows of the table: a record of no type would become one by way of its text.
  SELECT array_agg(l.h ORDER BY u.at), array_agg(0::smallint), array_agg((l.h).account),
      array_agg((l.h).record) FILTER (WHERE (l.h).record IS NOT NULL)
    INTO holds, touched, held_by, records
    FROM unnest(hold_ids) WITH ORDINALITY AS u (id, at)
    LEFT JOIN (SELECT h, h.id FROM hold h WHERE h.id = ANY (hold_ids) ORDER BY h.id FOR UPDATE) l
      USING (id);

  -- A hold brings its account, its budgets' scopes and, should it be another one, its record's account.
  scopes := ARRAY(
    SELECT unnest(named)
    UNION SELECT u.account FROM unnest(held_by) AS u (account) WHERE u.account IS NOT NULL
    UNION SELECT o.scope FROM budget o WHERE o.n = ANY (
      ARRAY(SELECT unnest(u.budgets) FROM unnest(holds) u WHERE u.state = 'open'))
    UNION SELECT o.account FROM idempotency o WHERE o.n = ANY (records)
    ORDER BY 1);
  PERFORM FROM scope s WHERE s.n = ANY (scopes) ORDER BY s.n FOR UPDATE;
  SELECT array_agg(s.entries ORDER BY s.n), array_agg(0 ORDER BY s.n), array_agg(0 ORDER BY s.n)
    INTO counts, first_pot, current_budget FROM scope s WHERE s.n = ANY (scopes);

  -- An account's pots as a list in the order in which they are spent: the allowance first, then grants,
  -- soonest-expiring first, else as they were granted.
  WITH numbered AS (
    SELECT p, row_number() OVER (ORDER BY p.n)::int AS place
    FROM pot p WHERE p.account = ANY (scopes) AND p.state <> 'finished'
  ), listed AS (
    SELECT u.p, u.place, lead(u.place, 1, 0) OVER spent AS following,
      row_number() OVER spent = 1 AS is_first
    FROM numbered u
    WINDOW spent AS (PARTITION BY (u.p).account ORDER BY (u.p).kind, (u.p).expires_ms, (u.p).n)
  )
  SELECT coalesce(array_agg(l.p ORDER BY l.place), '{}'),
      coalesce(array_agg((l.p).n ORDER BY l.place), '{}'),
      coalesce(array_agg(l.following ORDER BY l.place), '{}'),
      coalesce(array_agg(l.place) FILTER (WHERE l.is_first), '{}')
    INTO pots, pot_numbers, next_pot, firsts FROM listed l;
  FOREACH i IN ARRAY firsts LOOP
    first_pot[width_bucket((pots[i]).account, scopes)] := i;
  END LOOP;

  -- A budget's newest month, and older ones while something is held over them.
  SELECT coalesce(array_agg(b ORDER BY b.n), '{}'), coalesce(array_agg(b.n ORDER BY b.n), '{}')
    INTO budgets, budget_numbers FROM budget b
    WHERE b.scope = ANY (scopes) AND (b.held > 0
      OR NOT EXISTS (SELECT FROM budget o WHERE o.scope = b.scope AND o.month_ms > b.month_ms));
  FOR i IN 1 .. cardinality(budgets) LOOP
    budget := budgets[i];
    at := width_bucket(budget.scope, scopes);
    IF current_budget[at] = 0 OR (budgets[current_budget[at]]).month_ms < budget.month_ms THEN
      current_budget[at] := i;
    END IF;
  END LOOP;
`;
