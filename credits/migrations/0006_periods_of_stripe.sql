-- What paid periods need of the ledger: whose invoice granted, an allowance that changes within its period, and
-- credits that go back when their payment does.

DROP FUNCTION start_credit_period(uuid, integer, text, text, timestamptz, text, timestamptz, timestamptz);

CREATE FUNCTION start_credit_period(p_user uuid, p_allowance integer, p_renewal text, p_source text,
                                    p_started_at timestamptz, p_description text, p_ends_at timestamptz DEFAULT NULL,
                                    p_metadata jsonb DEFAULT '{}', p_now timestamptz DEFAULT statement_timestamp(),
                                    OUT outcome text, OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Replaces the allowance by that of a new period, once for each source: 'done', 'repeated' or 'no_account'.
-- Bonuses and purchases stay. A calendar period is anchored at p_started_at and lasts a month.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
  month_end timestamptz := (credit_period(p_started_at, p_started_at)).ends_at;
  until timestamptz := coalesce(p_ends_at, month_end);
  lot record;
BEGIN
  IF coalesce(p_allowance, -1) < 0 OR coalesce(p_renewal, '') NOT IN ('calendar', 'invoice')
     OR coalesce(p_source, '') = '' OR until <= p_started_at
     OR (p_renewal = 'calendar' AND until <> month_end) THEN
    RAISE EXCEPTION 'a period has an allowance and a source; by the calendar it is the month that runs from its start'
      USING ERRCODE = '22023';
  END IF;
  balance_now := account.balance;
  IF account.user_id IS NULL THEN
    outcome := 'no_account';
    RETURN;
  ELSIF has_granted(p_user, p_source) THEN
    outcome := 'repeated';
    RETURN;
  ELSIF p_renewal = 'calendar' AND until <= p_now THEN
    RAISE EXCEPTION 'a period by the calendar starts before it ends' USING ERRCODE = '22023';
  END IF;
  FOR lot IN SELECT id, remaining FROM credits_creditlot
             WHERE account_id = p_user AND closed_at IS NULL AND kind = 'allowance' ORDER BY id LOOP
    UPDATE credits_creditlot SET remaining = 0, closed_at = p_now WHERE id = lot.id;
    IF lot.remaining > 0 THEN
      balance_now := balance_now - lot.remaining;
      WITH written AS (
        INSERT INTO credits_credittransaction
          (account_id, amount, balance_after, type, description, metadata, created_at)
        VALUES (p_user, -lot.remaining, balance_now, 'expiry', 'Unused monthly credits lapsed',
                '{"kind": "allowance"}', p_now) RETURNING id)
      INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) SELECT id, lot.id, -lot.remaining FROM written;
    END IF;
  END LOOP;
  UPDATE credits_creditaccount
  SET balance = balance_now, monthly_allowance = p_allowance, renewal = p_renewal, period_started_at = p_started_at,
      next_reset_at = until, anchor_at = CASE p_renewal WHEN 'calendar' THEN p_started_at ELSE anchor_at END,
      due_at = least(CASE p_renewal WHEN 'calendar' THEN until END,
                     (SELECT min(expires_at) FROM credits_creditlot
                      WHERE account_id = p_user AND closed_at IS NULL AND kind <> 'allowance'))
  WHERE user_id = p_user;
  PERFORM open_lot(p_user, 'allowance', 'refill', p_allowance, p_source, until, p_description,
                   p_metadata || jsonb_build_object('period_start', p_started_at, 'period_end', until), p_now);
  balance_now := balance_now + p_allowance;
  outcome := 'done';
END $$;

CREATE FUNCTION resize_allowance(p_user uuid, p_source text, p_allowance integer, p_reason text,
                                 p_back jsonb DEFAULT '{}', p_metadata jsonb DEFAULT '{}',
                                 p_now timestamptz DEFAULT statement_timestamp(),
                                 OUT outcome text, OUT row_id bigint, OUT amount integer, OUT owed integer,
                                 OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Brings a period's allowance to another size; what was spent of it stays spent: max(0, size - spent) remains.
-- The size is p_allowance less p_back, the credits that go back of each invoice because its money did; what could not
-- go back, for it was spent, is recorded as owed. 'done', 'unchanged', 'no_account', or 'closed' when the lot of this
-- source is not open. Safe to repeat, for it goes by the size that the lot's own rows sum to.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
  lot record;
  claim record;
  size integer;
  wanted integer;
  short integer;
BEGIN
  IF coalesce(p_allowance, -1) < 0 OR coalesce(p_source, '') = '' OR coalesce(p_reason, '') = '' THEN
    RAISE EXCEPTION 'an allowance has a source, a size and a reason for it' USING ERRCODE = '22023';
  END IF;
  balance_now := account.balance;
  amount := 0;
  owed := 0;
  SELECT id, remaining INTO lot FROM credits_creditlot
  WHERE source = p_source AND account_id = p_user AND kind = 'allowance' AND closed_at IS NULL;
  IF NOT FOUND THEN
    outcome := CASE WHEN account.user_id IS NULL THEN 'no_account' ELSE 'closed' END;
    RETURN;
  END IF;
  SELECT p_allowance - coalesce(sum(value::integer), 0) INTO wanted FROM jsonb_each_text(p_back);
  IF wanted < 0 THEN
    RAISE EXCEPTION 'no more goes back than was granted' USING ERRCODE = '22023';
  END IF;
  SELECT coalesce(sum(split.amount), 0) INTO size
  FROM credits_creditsplit split JOIN credits_credittransaction entry ON entry.id = split.transaction_id
  WHERE split.lot_id = lot.id AND (entry.type = 'refill' OR entry.metadata ?| '{resized_to,taken_back_of}');
  amount := greatest(wanted - size, -lot.remaining);
  short := size + amount - wanted;
  FOR claim IN SELECT key AS invoice, value::integer AS back FROM jsonb_each_text(p_back) ORDER BY key LOOP
    INSERT INTO credits_creditdebt (account_id, invoice, taken, owed, reason, created_at, updated_at)
    VALUES (p_user, claim.invoice, claim.back - least(claim.back, short), least(claim.back, short), p_reason, p_now, p_now)
    ON CONFLICT (invoice) DO UPDATE SET taken = excluded.taken, owed = excluded.owed, updated_at = excluded.updated_at
    WHERE (credits_creditdebt.taken, credits_creditdebt.owed) IS DISTINCT FROM (excluded.taken, excluded.owed);
    owed := owed + least(claim.back, short);
    short := short - least(claim.back, short);
  END LOOP;
  outcome := CASE amount WHEN 0 THEN 'unchanged' ELSE 'done' END;
  UPDATE credits_creditaccount
  SET monthly_allowance = p_allowance, balance = balance + amount, total_earned = total_earned + greatest(amount, 0)
  WHERE user_id = p_user RETURNING balance INTO balance_now;
  IF amount = 0 THEN
    RETURN;
  END IF;
  UPDATE credits_creditlot SET remaining = remaining + amount, granted = granted + greatest(amount, 0) WHERE id = lot.id;
  INSERT INTO credits_credittransaction
    (account_id, amount, balance_after, type, description, metadata, created_at)
  VALUES (p_user, amount, balance_now, CASE WHEN amount > 0 THEN 'refill' ELSE 'deduction' END, p_reason,
          p_metadata || jsonb_build_object('reason', p_reason, 'resized_to', wanted), p_now)
  RETURNING id INTO row_id;
  INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (row_id, lot.id, amount);
END $$;

CREATE FUNCTION claw_back_credits(p_user uuid, p_invoice text, p_refunded integer, p_charged integer, p_reason text,
                                  p_now timestamptz DEFAULT statement_timestamp(),
                                  OUT outcome text, OUT taken_now integer, OUT taken integer, OUT owed integer,
                                  OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Takes back what an invoice granted, as far as its money went back: granted * refunded / charged in all, at most what
-- remains of its lot; what was spent of it is recorded as owed. Money in cents, both sums since the charge.
-- 'done', 'repeated' when nothing moved, 'not_granted', 'no_account'.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
  grant_ record;
  debt credits_creditdebt;
  wanted integer;
  spent integer;
  row_id bigint;
BEGIN
  IF coalesce(p_invoice, '') = '' OR coalesce(p_charged, 0) <= 0 OR p_refunded NOT BETWEEN 0 AND p_charged
     OR coalesce(p_reason, '') = '' THEN
    RAISE EXCEPTION 'what goes back lies within what an invoice charged' USING ERRCODE = '22023';
  END IF;
  balance_now := account.balance;
  taken_now := 0;
  SELECT lot.id, lot.remaining, lot.closed_at, sum(split.amount)::integer AS granted INTO grant_
  FROM credits_credittransaction entry JOIN credits_creditsplit split ON split.transaction_id = entry.id
    JOIN credits_creditlot lot ON lot.id = split.lot_id
  WHERE entry.account_id = p_user AND entry.type = 'refill' AND entry.metadata ->> 'invoice' = p_invoice
  GROUP BY lot.id ORDER BY lot.id LIMIT 1;
  IF NOT FOUND THEN
    outcome := CASE WHEN account.user_id IS NULL THEN 'no_account' ELSE 'not_granted' END;
    RETURN;
  END IF;
  SELECT * INTO debt FROM credits_creditdebt WHERE invoice = p_invoice;
  wanted := floor(grant_.granted::numeric * p_refunded / p_charged);
  taken := coalesce(debt.taken, 0);
  taken_now := greatest(0, least(grant_.remaining, wanted - taken));
  SELECT coalesce(-sum(split.amount), 0) INTO spent
  FROM credits_creditsplit split JOIN credits_credittransaction entry ON entry.id = split.transaction_id
  WHERE split.lot_id = grant_.id AND entry.job_id IS NOT NULL;
  taken := taken + taken_now;
  owed := least(greatest(wanted - taken, 0), greatest(spent, 0));
  IF wanted = 0 OR (debt.invoice IS NOT NULL AND taken_now = 0 AND owed <= debt.owed) THEN
    owed := coalesce(debt.owed, 0);
    outcome := 'repeated';
    RETURN;
  END IF;
  outcome := 'done';
  INSERT INTO credits_creditdebt (account_id, invoice, taken, owed, reason, created_at, updated_at)
  VALUES (p_user, p_invoice, taken, owed, p_reason, p_now, p_now)
  ON CONFLICT (invoice) DO UPDATE
  SET taken = excluded.taken, owed = excluded.owed, reason = excluded.reason, updated_at = excluded.updated_at;
  IF taken_now = 0 THEN
    RETURN;
  END IF;
  UPDATE credits_creditaccount SET balance = balance - taken_now WHERE user_id = p_user
  RETURNING balance INTO balance_now;
  UPDATE credits_creditlot SET remaining = remaining - taken_now WHERE id = grant_.id;
  INSERT INTO credits_credittransaction
    (account_id, amount, balance_after, type, description, metadata, created_at)
  VALUES (p_user, -taken_now, balance_now, 'deduction', p_reason,
          jsonb_build_object('reason', p_reason, 'taken_back_of', p_invoice), p_now)
  RETURNING id INTO row_id;
  INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (row_id, grant_.id, -taken_now);
END $$;

CREATE TRIGGER kept BEFORE DELETE ON credits_creditdebt FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON credits_creditdebt EXECUTE FUNCTION refuse_ledger_change();

REVOKE EXECUTE ON FUNCTION start_credit_period, resize_allowance, claw_back_credits FROM PUBLIC;
