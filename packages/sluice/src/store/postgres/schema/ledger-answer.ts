// The function that runs a batch, last part: the other commands, and what was changed in memory is written, each row
// once.

/** A hold that was settled before its call's answer came gets the answer late, if its record waits for it. */
const detach = `
    IF c.kind = 'detach' AND hold.state = 'open' THEN
      told := 'detached';
      IF hold.slots IS NULL THEN
        UPDATE idempotency o SET answer = c.answer, forget_ms = c.now_ms + c.remember_ms,
            state = CASE WHEN c.answer IS NULL THEN 'no_answer' ELSE 'answered' END
          WHERE o.n = hold.record AND o.hold = hold.id AND o.state = 'running';
        hold.slots := c.slots;
        hold.expires_ms := c.expires_ms;
        holds[c.hold] := hold;
        touched[c.hold] := greatest(touched[c.hold], 1);
      END IF;
    ELSIF c.kind = 'detach' THEN
      told := hold.state;
      IF hold.state = 'settled' AND hold.slots IS NULL AND c.answer IS NOT NULL THEN
        UPDATE idempotency o
          SET state = 'answered', answer = c.answer, forget_ms = c.now_ms + c.remember_ms
          WHERE o.n = hold.record AND o.hold = hold.id AND o.state = 'no_answer'
            AND o.forget_ms > c.now_ms;
      END IF;
    END IF;
`;

const grant = `
    IF c.kind = 'grant' AND NOT EXISTS (SELECT FROM pot o WHERE o.name = c.period) THEN
      a := width_bucket(named[c.account], scopes);
      INSERT INTO pot AS o (account, name, kind, start_ms, expires_ms, reason, issued, available)
        VALUES (
          scopes[a], c.period, 'grant', c.now_ms, c.expires_ms, c.reason, c.amount, c.amount)
        RETURNING o.* INTO pot;
      IF c.amount > 0 THEN
        line := line + 1;
        entries := counts[a] + 1;
        counts[a] := entries;
        lines[line] := ROW (scopes[a], entries, c.now_ms, pot.n, NULL, 1, c.amount)::entry;
      END IF;
      s := cardinality(pots) + 1;
      pots[s] := pot;
      pot_numbers[s] := pot.n;
      at := 0;
      i := first_pot[a];
      WHILE i <> 0 AND ((pots[i]).kind = 'allowance' OR (pots[i]).expires_ms <= pot.expires_ms) LOOP
        at := i;
        i := next_pot[i];
      END LOOP;
      next_pot[s] := i;
      IF at = 0 THEN
        first_pot[a] := s;
      ELSE
        next_pot[at] := s;
      END IF;
    END IF;
`;

export const answerOthers: string = `
${detach}${grant}
    IF c.kind = 'extend' AND hold.state = 'open' THEN
      hold.expires_ms := c.expires_ms;
      holds[c.hold] := hold;
      touched[c.hold] := greatest(touched[c.hold], 1);
    ELSIF c.kind = 'settle' THEN
      told := hold.state;
      charged := hold.charged;
    ELSIF c.kind = 'job' AND hold.state = 'open' AND hold.slots IS NOT NULL THEN
      told := 'job';
      SELECT json_build_array(hold.id, o.name, hold.operation, hold.key_id, hold.amount, hold.slots,
          hold.expires_ms::text)::text
        INTO note FROM scope o WHERE o.n = hold.account;
    ELSIF c.kind = 'balance' THEN
      pot := CASE WHEN is_running THEN pots[allowance_at] END;
      told := 'balance';
      note := json_build_array(all_held, coalesce(pot.charged, 0), pot.start_ms)::text;
    END IF;
`;

/** Only what has changed; rows that are made go in by the order of their keys, as locks do. */
export const writeBatch: string = `
  INSERT INTO entry SELECT l.* FROM unnest(lines) AS l;
  UPDATE scope AS o SET entries = u.entries
    FROM unnest(scopes, counts) AS u (n, entries) WHERE o.n = u.n AND o.entries <> u.entries;
  UPDATE pot AS o SET state = u.state, issued = u.issued, available = u.available, held = u.held,
      charged = u.charged, lapsed = u.lapsed
    FROM unnest(pots) AS u WHERE o.n = u.n
      AND (o.state, o.issued, o.available, o.held, o.charged, o.lapsed)
        IS DISTINCT FROM (u.state, u.issued, u.available, u.held, u.charged, u.lapsed);
  UPDATE budget AS o SET cap = u.cap, used = u.used, held = u.held
    FROM unnest(budgets) AS u WHERE o.n = u.n
      AND (o.cap, o.used, o.held) IS DISTINCT FROM (u.cap, u.used, u.held);
  IF 1 = ANY (touched) THEN
    changed := ARRAY(SELECT holds[u] FROM generate_subscripts(touched, 1) u WHERE touched[u] = 1);
    UPDATE hold AS o SET expires_ms = u.expires_ms, slots = u.slots, state = u.state,
        charged = u.charged, overage = u.overage, ended_ms = u.ended_ms
      FROM unnest(changed) AS u WHERE o.id = u.id;
  END IF;
  IF 2 = ANY (touched) THEN
    changed := ARRAY(SELECT holds[u] FROM generate_subscripts(touched, 1) u WHERE touched[u] = 2);
    INSERT INTO hold SELECT u.* FROM unnest(changed) AS u ORDER BY u.id;
  END IF;
`;
