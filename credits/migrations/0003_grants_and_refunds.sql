-- Credits that come in, credits that come back, and what operators and plans change.

CREATE FUNCTION open_credit_account(p_user uuid, p_allowance integer,
                                    p_now timestamptz DEFAULT statement_timestamp()) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- A new user's account with its first allowance; false when there is one already.
DECLARE
  period record := credit_period(p_now, p_now);
BEGIN
  INSERT INTO credits_creditaccount
    (user_id, monthly_allowance, anchor_at, period_started_at, next_reset_at, due_at)
  VALUES (p_user, p_allowance, p_now, p_now, period.ends_at, period.ends_at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM open_lot(p_user, 'allowance', 'refill', p_allowance, 'signup:' || p_user, period.ends_at,
                   'Monthly credits', jsonb_build_object('period_start', p_now, 'period_end', period.ends_at), p_now);
  RETURN true;
END $$;

CREATE FUNCTION add_credits(p_user uuid, p_amount integer, p_type text, p_source text, p_description text,
                            p_expires_at timestamptz DEFAULT NULL, p_metadata jsonb DEFAULT '{}',
                            p_now timestamptz DEFAULT statement_timestamp(),
                            OUT outcome text, OUT row_id bigint, OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Grants a bonus or a purchase once for each source: 'done', 'repeated' or 'no_account'.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
BEGIN
  IF coalesce(p_amount, 0) <= 0 OR coalesce(p_type, '') NOT IN ('bonus', 'purchase') OR coalesce(p_source, '') = '' THEN
    RAISE EXCEPTION 'a grant is a bonus or a purchase, positive, from a source' USING ERRCODE = '22023';
  END IF;
  balance_now := account.balance;
  IF account.user_id IS NULL THEN
    outcome := 'no_account';
  ELSIF has_granted(p_user, p_source) THEN
    outcome := 'repeated';
  ELSIF p_expires_at <= p_now THEN
    RAISE EXCEPTION 'what is granted has not expired before' USING ERRCODE = '22023';
  ELSE
    row_id := open_lot(p_user, p_type, p_type, p_amount, p_source, p_expires_at, p_description, p_metadata, p_now);
    balance_now := account.balance + p_amount;
    outcome := 'done';
  END IF;
END $$;

CREATE FUNCTION refund_credits(p_user uuid, p_job uuid, p_description text, p_amount integer DEFAULT NULL,
                               p_metadata jsonb DEFAULT '{}', p_now timestamptz DEFAULT statement_timestamp(),
                               OUT outcome text, OUT row_id bigint, OUT refunded integer, OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Gives a job's charge back, all of it when p_amount is null, once: 'done', 'repeated', 'not_charged', 'no_account'.
-- Credits return to the lots they came from, last taken first; for a closed lot a new one lasts to the next reset.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
  charge record;
  part record;
  wanted integer;
  back integer;
  target bigint;
  until timestamptz := account.next_reset_at;
BEGIN
  balance_now := account.balance;
  refunded := 0;
  SELECT id, -amount AS amount, agent_id INTO charge FROM credits_credittransaction
  WHERE id = charge_of(p_user, p_job);
  IF NOT FOUND THEN
    outcome := CASE WHEN account.user_id IS NULL THEN 'no_account' ELSE 'not_charged' END;
    RETURN;
  END IF;
  IF until <= p_now THEN  -- an invoice that is late
    until := (credit_period(until, p_now)).ends_at;
  END IF;
  SELECT id, amount INTO row_id, refunded FROM credits_credittransaction WHERE job_id = p_job AND type = 'refund';
  IF FOUND THEN
    outcome := 'repeated';
    RETURN;
  END IF;
  refunded := coalesce(p_amount, charge.amount);
  IF refunded <= 0 OR refunded > charge.amount THEN
    RAISE EXCEPTION 'a refund lies within the charge' USING ERRCODE = '22023';
  END IF;
  UPDATE credits_creditaccount SET balance = balance + refunded, total_spent = total_spent - refunded
  WHERE user_id = p_user RETURNING balance INTO balance_now;
  INSERT INTO credits_credittransaction
    (account_id, amount, balance_after, type, description, job_id, agent_id, metadata, created_at)
  VALUES (p_user, refunded, balance_now, 'refund', p_description, p_job, charge.agent_id, p_metadata, p_now)
  RETURNING id INTO row_id;
  wanted := refunded;
  FOR part IN
    SELECT lot.id, lot.kind, lot.closed_at, -split.amount AS amount
    FROM credits_creditsplit split JOIN credits_creditlot lot ON lot.id = split.lot_id
    WHERE split.transaction_id = charge.id
    ORDER BY lot.expires_at DESC NULLS FIRST, array_position('{allowance,bonus,purchase}', lot.kind::text) DESC,
             lot.id DESC
  LOOP
    back := least(part.amount, wanted);
    target := part.id;
    IF part.closed_at IS NULL THEN
      UPDATE credits_creditlot SET remaining = remaining + back WHERE id = part.id;
    ELSE
      INSERT INTO credits_creditlot (account_id, kind, granted, remaining, expires_at, source, created_at)
      VALUES (p_user, part.kind, back, back, until, 'refund:' || p_job || ':' || part.id, p_now)
      RETURNING id INTO target;
      UPDATE credits_creditaccount SET due_at = least(due_at, until)
      WHERE user_id = p_user AND part.kind <> 'allowance';
    END IF;
    INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (row_id, target, back);
    wanted := wanted - back;
    EXIT WHEN wanted = 0;
  END LOOP;
  outcome := 'done';
END $$;

CREATE FUNCTION take_back_credits(p_user uuid, p_amount integer, p_reason text, p_reference text,
                                  p_metadata jsonb DEFAULT '{}', p_now timestamptz DEFAULT statement_timestamp(),
                                  OUT outcome text, OUT row_id bigint, OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- An operator takes credits back, once for each reference: 'done', 'repeated', 'insufficient' or 'no_account'.
DECLARE
  account credits_creditaccount := lock_credit_account(p_user, p_now);
  taken_from uuid;
BEGIN
  IF coalesce(p_amount, 0) <= 0 OR coalesce(p_reason, '') = '' OR coalesce(p_reference, '') = '' THEN
    RAISE EXCEPTION 'a take-back is positive and has a reason and a reference' USING ERRCODE = '22023';
  END IF;
  balance_now := account.balance;
  SELECT id, account_id INTO row_id, taken_from FROM credits_credittransaction WHERE reference = p_reference;
  IF taken_from <> p_user THEN
    RAISE EXCEPTION 'reference % belongs to somebody else', p_reference USING ERRCODE = '22023';
  ELSIF taken_from IS NOT NULL THEN
    outcome := 'repeated';
  ELSIF account.user_id IS NULL THEN
    outcome := 'no_account';
  ELSIF account.balance < p_amount THEN
    outcome := 'insufficient';
  ELSE
    UPDATE credits_creditaccount SET balance = balance - p_amount WHERE user_id = p_user
    RETURNING balance INTO balance_now;
    INSERT INTO credits_credittransaction
      (account_id, amount, balance_after, type, description, reference, metadata, created_at)
    VALUES (p_user, -p_amount, balance_now, 'deduction', p_reason, p_reference,
            p_metadata || jsonb_build_object('reason', p_reason), p_now)
    RETURNING id INTO row_id;
    PERFORM burn_lots(p_user, row_id, p_amount);
    outcome := 'done';
  END IF;
END $$;

CREATE FUNCTION start_credit_period(p_user uuid, p_allowance integer, p_renewal text, p_source text,
                                    p_started_at timestamptz, p_description text, p_ends_at timestamptz DEFAULT NULL,
                                    p_now timestamptz DEFAULT statement_timestamp(),
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
                   jsonb_build_object('period_start', p_started_at, 'period_end', until), p_now);
  balance_now := balance_now + p_allowance;
  outcome := 'done';
END $$;

CREATE FUNCTION reset_monthly_credits(p_now timestamptz DEFAULT statement_timestamp(), p_limit integer DEFAULT 250,
                                      p_after_due timestamptz DEFAULT '-infinity',
                                      p_after_user uuid DEFAULT '00000000-0000-0000-0000-000000000000',
                                      OUT resets integer, OUT last_due timestamptz, OUT last_user uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Settles the next chunk of due accounts after the given place, passing over those that somebody holds.
-- last_user is null when none was left. Idempotent: who is settled is not due. An account that breaks a rule stays due,
-- for the audit to name, and keeps nobody else from their credits.
DECLARE
  users uuid[];
  one uuid;
BEGIN
  SELECT array_agg(due.user_id), max(due.due_at), (array_agg(due.user_id))[count(*)] INTO users, last_due, last_user
  FROM (SELECT user_id, due_at FROM credits_creditaccount
        WHERE due_at <= p_now AND (due_at, user_id) > (p_after_due, p_after_user)
        ORDER BY due_at, user_id LIMIT p_limit FOR UPDATE SKIP LOCKED) due;
  resets := 0;
  IF users IS NULL THEN
    RETURN;
  END IF;
  BEGIN
    resets := settle_credits(users, p_now);
  EXCEPTION WHEN integrity_constraint_violation THEN
    FOREACH one IN ARRAY users LOOP
      BEGIN
        resets := resets + settle_credits(ARRAY[one], p_now);
      EXCEPTION WHEN integrity_constraint_violation THEN
        RAISE WARNING 'the credits of % could not be settled: %', one, SQLERRM;
      END;
    END LOOP;
  END;
END $$;

CREATE FUNCTION freeze_credits(p_user uuid, p_frozen boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Stops or allows charges; credits that come in or back are not touched. False when there is no such account.
BEGIN
  UPDATE credits_creditaccount
  SET frozen_at = CASE WHEN p_frozen THEN coalesce(frozen_at, statement_timestamp()) END WHERE user_id = p_user;
  RETURN FOUND;
END $$;
