// The function that runs a batch, third part: a reservation is refused, or takes what it asks for.

/** What an idempotency key that came before leads to. */
const recall = `
    IF told IS NULL AND c.key IS NOT NULL THEN
      SELECT * INTO known FROM idempotency o
        WHERE o.account = named[c.record_account] AND o.name = sha256(convert_to(c.key, 'UTF8'));
      IF FOUND AND coalesce(known.forget_ms > c.now_ms, true) THEN
        told := CASE
          WHEN known.fingerprint <> c.fingerprint THEN 'key_reused'
          WHEN known.state = 'running' THEN 'in_progress'
          WHEN known.state = 'no_answer' THEN 'no_answer'
          ELSE 'replay'
        END;
        note := CASE told WHEN 'replay' THEN known.answer END;
      ELSIF c.kind = 'recall' THEN
        told := 'unknown';
      END IF;
    END IF;
`;

/** The narrowest budget without room comes first: they were sent in that order. A free call is never refused. */
const refuse = `
    IF told IS NULL AND c.kind = 'reserve' AND c.amount > 0 THEN
      FOR at IN 1 .. coalesce(cardinality(c.budgets), 0) LOOP
        budget := NULL;
        i := current_budget[width_bucket(named[c.budgets[at]], scopes)];
        -- A clock that steps back over the end of a month does not open the old month again.
        IF i <> 0 AND (budgets[i]).month_ms >= c.month_ms THEN
          budget := budgets[i];
        END IF;
        IF coalesce(budget.used + budget.held, 0) + c.amount > c.caps[at] THEN
          told := 'budget_exceeded';
          charged := coalesce(budget.used, 0);
          note := json_build_array(at, coalesce(budget.held, 0),
            coalesce(budget.month_ms, c.month_ms))::text;
          EXIT;
        END IF;
      END LOOP;
      IF told IS NULL AND c.amount > remaining THEN
        told := 'credits_exhausted';
        -- A lazy allowance that has not begun waits for whoever spends.
        note := CASE
          WHEN is_running THEN coalesce((pots[allowance_at]).start_ms + every_ms,
            (pots[allowance_at]).month_end_ms)
          WHEN every_ms IS NULL THEN c.month_end_ms
        END;
      END IF;
    END IF;
`;

/** Closes the pots whose time is over, opens the allowance's new period, and makes it what the plan says now. */
const openPeriod = `
      i := first_pot[a];
      WHILE i <> 0 LOOP
        pot := pots[i];
        IF pot.state = 'open' AND (pot.kind = 'grant' AND pot.expires_ms <= c.now_ms
            OR pot.kind = 'allowance' AND credits IS NOT NULL AND NOT is_running) THEN
          pot.state := CASE WHEN pot.held = 0 THEN 'finished' ELSE 'closed' END;
          IF pot.available > 0 THEN
            line := line + 1;
            entries := counts[a] + 1;
            counts[a] := entries;
            lines[line] := ROW (scopes[a], entries, c.now_ms, pot.n, NULL, 6, pot.available)::entry;
            pot.lapsed := pot.lapsed + pot.available;
            pot.available := 0;
          END IF;
          pots[i] := pot;
          IF i = allowance_at THEN
            allowance_at := 0;
          END IF;
        END IF;
        i := next_pot[i];
      END LOOP;
      IF allowance_at = 0 AND credits IS NOT NULL THEN
        INSERT INTO pot AS o (account, name, kind, start_ms, month_end_ms, expires_ms)
          VALUES (scopes[a], c.period, 'allowance', c.start_ms, c.month_end_ms, 'Infinity')
          RETURNING o.* INTO pot;
        allowance_at := cardinality(pots) + 1;
        pots[allowance_at] := pot;
        pot_numbers[allowance_at] := pot.n;
        next_pot[allowance_at] := first_pot[a];
        first_pot[a] := allowance_at;
      END IF;
      IF allowance_at <> 0 THEN
        pot := pots[allowance_at];
        part := greatest(0, coalesce(credits, 0) - pot.charged - pot.held) - pot.available;
        IF part <> 0 THEN
          -- What is used or held stays issued.
          pot.issued := pot.issued + part;
          pot.available := pot.available + part;
          pots[allowance_at] := pot;
          line := line + 1;
          entries := counts[a] + 1;
          counts[a] := entries;
          lines[line] :=
            ROW (scopes[a], entries, c.now_ms, pot.n, NULL,
              CASE WHEN part > 0 THEN 1 ELSE 2 END, abs(part));
        END IF;
      END IF;
`;

const takeFromPots = `
      unpaid := c.amount;
      i := first_pot[a];
      WHILE i <> 0 AND unpaid > 0 LOOP
        pot := pots[i];
        part := least(unpaid, pot.available);
        IF pot.state = 'open' AND part > 0 THEN
          unpaid := unpaid - part;
          pot.available := pot.available - part;
          pot.held := pot.held + part;
          pots[i] := pot;
          took := took || pot.n;
          took_amounts := took_amounts || part;
          line := line + 1;
          entries := counts[a] + 1;
          counts[a] := entries;
          lines[line] := ROW (scopes[a], entries, c.now_ms, pot.n, hold_ids[c.hold], 3, part)::entry;
        END IF;
        i := next_pot[i];
      END LOOP;
      IF unpaid > 0 THEN
        RAISE EXCEPTION '% of hold "%" could not be taken', unpaid, hold_ids[c.hold];
      END IF;
`;

const takeFromBudgets = `
      FOR at IN 1 .. coalesce(cardinality(c.budgets), 0) LOOP
        s := width_bucket(named[c.budgets[at]], scopes);
        i := current_budget[s];
        IF i = 0 OR (budgets[i]).month_ms < c.month_ms THEN
          INSERT INTO budget AS o (scope, month_ms, cap) VALUES (scopes[s], c.month_ms, c.caps[at])
            RETURNING o.* INTO budget;
          i := cardinality(budgets) + 1;
          budget_numbers[i] := budget.n;
          current_budget[s] := i;
        ELSE
          budget := budgets[i];
        END IF;
        budget.cap := c.caps[at];
        budget.held := budget.held + c.amount;
        budgets[i] := budget;
        held_over := held_over || budget.n;
      END LOOP;
`;

const reserve = `
    IF told IS NULL AND c.kind = 'reserve' THEN
      told := 'held';
      took := '{}';
      took_amounts := '{}';
      held_over := '{}';
      recorded := NULL;
      IF c.amount > 0 THEN
${openPeriod}${takeFromPots}${takeFromBudgets}
      END IF;
      IF c.key IS NOT NULL THEN
        INSERT INTO idempotency AS o (account, name, fingerprint, hold, state) VALUES (
          named[c.record_account], sha256(convert_to(c.key, 'UTF8')), c.fingerprint,
          hold_ids[c.hold], 'running')
          ON CONFLICT ON CONSTRAINT idempotency_account_name_key DO UPDATE
          SET fingerprint = EXCLUDED.fingerprint, hold = EXCLUDED.hold, state = 'running',
            forget_ms = NULL, answer = NULL
          RETURNING o.n INTO recorded;
      END IF;
      hold := ROW (
        hold_ids[c.hold], nextval('hold_age'), scopes[a], c.amount, took, took_amounts, held_over,
        c.credits, c.every_ms, c.operation, c.key_id, c.now_ms, c.expires_ms, recorded, NULL,
        'open', 0, 0, NULL);
      holds[c.hold] := hold;
      touched[c.hold] := 2;
      remaining := remaining - c.amount;
    END IF;
`;

/** How each budget stands with the hold in it, the narrowest first: three numbers each. Nothing where none was named. */
const tellBudgets = `
    IF told = 'held' AND c.budgets IS NOT NULL THEN
      FOR at IN 1 .. cardinality(c.budgets) LOOP
        i := current_budget[width_bucket(named[c.budgets[at]], scopes)];
        budget := NULL;
        IF i <> 0 AND (budgets[i]).month_ms >= c.month_ms THEN
          budget := budgets[i];
        END IF;
        note := concat_ws(' ', note, coalesce(budget.used, 0), coalesce(budget.held, 0),
          coalesce(budget.month_ms, c.month_ms));
      END LOOP;
    END IF;
`;

/** A hold that is asked for again is the same hold; one that has ended is never made again. */
export const decideReserve: string = `
    IF c.kind = 'reserve' AND hold.id IS NOT NULL THEN
      told := CASE hold.state WHEN 'open' THEN 'held' ELSE 'mistake' END;
      note := CASE hold.state
        WHEN 'open' THEN NULL
        WHEN 'barred' THEN 'hold "' || hold.id || '" was released before it was made'
        ELSE 'hold "' || hold.id || '" has ended already'
      END;
    END IF;
${recall}${refuse}${reserve}${tellBudgets}`;
