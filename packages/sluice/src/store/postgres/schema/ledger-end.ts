// The function that runs a batch, second part: how a hold ends, and what then remains.

/** What a command leads to for its hold: nothing, or its end in \`ending\` with \`charge\`. */
export const decideEnd: string = `
    ending := NULL;
    IF c.kind IN ('settle', 'detach') AND (hold.id IS NULL OR hold.state = 'barred') THEN
      told := CASE WHEN hold.id IS NULL THEN 'unknown' ELSE 'released' END;
      charged := 0;
      remaining := 0;
      RETURN NEXT;
      CONTINUE;
    ELSIF c.kind = 'settle' AND hold.state = 'open' THEN
      IF c.amount > hold.amount THEN
        told := 'mistake';
        note := c.amount || ' is more than hold "' || hold.id || '" has';
        RETURN NEXT;
        CONTINUE;
      END IF;
      ending := 'settled';
      charge := c.amount;
    ELSIF c.kind = 'release' AND hold.id IS NULL THEN
      hold.id := hold_ids[c.hold];
      hold.n := nextval('hold_age');
      hold.amount := 0;
      hold.parts := '{}';
      hold.part_amounts := '{}';
      hold.budgets := '{}';
      hold.made_ms := c.now_ms;
      hold.ended_ms := c.now_ms;
      hold.state := 'barred';
      hold.charged := 0;
      hold.overage := 0;
      holds[c.hold] := hold;
      touched[c.hold] := 2;
    ELSIF c.kind IN ('release', 'expire') AND hold.state = 'open' THEN
      ending := CASE c.kind WHEN 'release' THEN 'released' ELSE 'expired' END;
      charge := 0;
    END IF;
`;

/** Charges the first pots and gives back to the last, so what remains is what lives longest. */
export const endHold: string = `
    IF ending IS NOT NULL THEN
      a := width_bucket(hold.account, scopes);
      unpaid := charge;
      FOR at IN 1 .. cardinality(hold.parts) LOOP
        i := width_bucket(hold.parts[at], pot_numbers);
        pot := pots[i];
        part := hold.part_amounts[at];
        paid := least(unpaid, part);
        unpaid := unpaid - paid;
        pot.held := pot.held - part;
        pot.charged := pot.charged + paid;
        pot.available := pot.available + part - paid;
        IF paid > 0 THEN
          line := line + 1;
          entries := counts[a] + 1;
          counts[a] := entries;
          lines[line] := ROW (hold.account, entries, c.now_ms, pot.n, hold.id, 4, paid)::entry;
        END IF;
        IF part > paid THEN
          line := line + 1;
          entries := counts[a] + 1;
          counts[a] := entries;
          lines[line] := ROW (hold.account, entries, c.now_ms, pot.n, hold.id, 5, part - paid)::entry;
        END IF;
        IF pot.state <> 'open' AND pot.available > 0 THEN
          line := line + 1;
          entries := counts[a] + 1;
          counts[a] := entries;
          lines[line] := ROW (hold.account, entries, c.now_ms, pot.n, NULL, 6, pot.available)::entry;
          pot.lapsed := pot.lapsed + pot.available;
          pot.available := 0;
        END IF;
        -- An empty grant, or a closed pot that nothing can come back to, is not looked at again.
        IF pot.held = 0 AND (pot.state <> 'open' OR pot.kind = 'grant' AND pot.available = 0) THEN
          pot.state := 'finished';
        END IF;
        pots[i] := pot;
      END LOOP;
      FOREACH n IN ARRAY hold.budgets LOOP
        i := width_bucket(n, budget_numbers);
        budget := budgets[i];
        budget.held := budget.held - hold.amount;
        budget.used := budget.used + charge;
        budgets[i] := budget;
      END LOOP;
      -- The record of a hold that was left to a job has its answer already, and keeps it.
      IF hold.record IS NOT NULL AND hold.slots IS NULL THEN
        IF ending = 'released' THEN
          DELETE FROM idempotency o WHERE o.n = hold.record AND o.hold = hold.id;
        ELSE
          UPDATE idempotency o SET answer = c.answer, forget_ms = c.now_ms + c.remember_ms,
              state = CASE WHEN c.answer IS NULL THEN 'no_answer' ELSE 'answered' END
            WHERE o.n = hold.record AND o.hold = hold.id AND o.state = 'running';
        END IF;
      END IF;
      hold.state := ending;
      hold.charged := charge;
      hold.overage := coalesce(c.overage, 0);
      hold.ended_ms := c.now_ms;
      holds[c.hold] := hold;
      touched[c.hold] := greatest(touched[c.hold], 1);
    END IF;
`;

/** What a reservation could take now; also the allowance's open pot and whether its period runs. */
export const tellRemaining: string = `
    IF c.kind IN ('reserve', 'settle', 'balance') THEN
      IF c.kind = 'settle' THEN
        a := width_bucket(hold.account, scopes);
        credits := hold.allowance_credits;
        every_ms := hold.allowance_every_ms;
      ELSE
        a := width_bucket(named[c.account], scopes);
        credits := c.credits;
        every_ms := c.every_ms;
      END IF;
      remaining := coalesce(credits, 0);
      granted := 0;
      all_held := 0;
      allowance_at := 0;
      is_running := false;
      i := first_pot[a];
      WHILE i <> 0 LOOP
        pot := pots[i];
        all_held := all_held + pot.held;
        IF pot.state = 'open' AND pot.kind = 'allowance' THEN
          allowance_at := i;
          is_running := credits IS NOT NULL
            AND c.now_ms < coalesce(pot.start_ms + every_ms, pot.month_end_ms);
          IF is_running THEN
            remaining := remaining - pot.charged - pot.held;
          END IF;
        ELSIF pot.state = 'open' AND pot.expires_ms > c.now_ms THEN
          granted := granted + pot.available;
        END IF;
        i := next_pot[i];
      END LOOP;
      remaining := greatest(remaining, 0) + granted;
    END IF;
`;
