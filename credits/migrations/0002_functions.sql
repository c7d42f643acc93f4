-- The ledger's writers. Each locks the account's row first, closes what is due, and then writes.
-- They run as the owner of the tables: the application's role may call them and write nothing itself.

CREATE FUNCTION credit_period(p_anchor timestamptz, p_at timestamptz,
                              OUT started_at timestamptz, OUT ends_at timestamptz)
LANGUAGE plpgsql IMMUTABLE AS $$
-- The monthly period around p_at, counted in whole months from the original anchor: 31 Jan, 28 Feb, 31 Mar.
DECLARE
  anchor timestamp := p_anchor AT TIME ZONE 'UTC';
  here timestamp := p_at AT TIME ZONE 'UTC';
  months int := (extract(year FROM here) - extract(year FROM anchor)) * 12
                + extract(month FROM here) - extract(month FROM anchor);
BEGIN
  IF anchor + make_interval(months => months) > here THEN
    months := months - 1;
  END IF;
  started_at := (anchor + make_interval(months => months)) AT TIME ZONE 'UTC';
  ends_at := (anchor + make_interval(months => months + 1)) AT TIME ZONE 'UTC';
END $$;

CREATE FUNCTION settle_credits(p_users uuid[], p_now timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Closes due lots and starts the present period of due calendar accounts, in one statement for many accounts.
-- The caller holds their locks. Returns how many periods were started.
-- `due` knows what each account loses, so that nothing below is joined with anything but a table by its index.
WITH due AS MATERIALIZED (
  SELECT account.user_id, account.balance, account.monthly_allowance AS allowance, account.renewal,
         account.next_reset_at, period.started_at, period.ends_at, asked.resets, lapse.lost
  FROM credits_creditaccount account, credit_period(account.anchor_at, p_now) period,
    LATERAL (SELECT account.renewal = 'calendar' AND account.next_reset_at <= p_now) asked (resets),
    LATERAL (SELECT coalesce(sum(lot.remaining), 0) FROM credits_creditlot lot
             WHERE lot.account_id = account.user_id AND lot.closed_at IS NULL
               AND CASE lot.kind WHEN 'allowance' THEN asked.resets ELSE lot.expires_at <= p_now END) lapse (lost)
  WHERE account.user_id = ANY (p_users)
), lapsing AS MATERIALIZED (
  SELECT lot.id AS lot_id, lot.account_id, lot.kind, lot.remaining, due.balance
         - sum(lot.remaining) OVER (PARTITION BY lot.account_id ORDER BY lot.id) AS balance_after
  FROM due JOIN credits_creditlot lot ON lot.account_id = due.user_id AND lot.closed_at IS NULL
  WHERE CASE lot.kind WHEN 'allowance' THEN due.resets ELSE lot.expires_at <= p_now END
  ORDER BY lot.account_id, lot.id
), lost AS MATERIALIZED (
  SELECT *, nextval('credits_credittransaction_id_seq') AS row_id FROM lapsing WHERE remaining > 0
), given AS MATERIALIZED (
  SELECT due.*, nextval('credits_creditlot_id_seq') AS lot_id, nextval('credits_credittransaction_id_seq') AS row_id,
         due.balance - due.lost + due.allowance AS balance_after
  FROM due
  WHERE due.resets AND due.allowance > 0 AND (SELECT count(*) FROM lost) >= 0  -- numbered after what lapsed
), closing AS (
  UPDATE credits_creditlot lot SET remaining = 0, closed_at = p_now FROM lapsing WHERE lot.id = lapsing.lot_id
), opening AS (
  INSERT INTO credits_creditlot (id, account_id, kind, granted, remaining, expires_at, source, created_at)
  SELECT lot_id, user_id, 'allowance', allowance, allowance, ends_at,
         'reset:' || user_id || ':' || to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_now
  FROM given
), ledger_rows AS (
  INSERT INTO credits_credittransaction
    (id, account_id, amount, balance_after, type, description, metadata, created_at)
  SELECT row_id, account_id, -remaining, balance_after, 'expiry',
         CASE kind WHEN 'allowance' THEN 'Unused monthly credits lapsed' ELSE 'Credits expired' END,
         jsonb_build_object('kind', kind), p_now FROM lost
  UNION ALL
  SELECT row_id, user_id, allowance, balance_after, 'refill', 'Monthly credits',
         jsonb_build_object('period_start', started_at, 'period_end', ends_at), p_now FROM given
), splits AS (
  INSERT INTO credits_creditsplit (transaction_id, lot_id, amount)
  SELECT row_id, lot_id, -remaining FROM lost UNION ALL SELECT row_id, lot_id, allowance FROM given
), updating AS (
  UPDATE credits_creditaccount account
  SET balance = due.balance - due.lost + CASE WHEN due.resets THEN due.allowance ELSE 0 END,
      total_earned = total_earned + CASE WHEN due.resets THEN due.allowance ELSE 0 END,
      period_started_at = CASE WHEN due.resets THEN due.started_at ELSE period_started_at END,
      next_reset_at = CASE WHEN due.resets THEN due.ends_at ELSE account.next_reset_at END,
      due_at = least(
        CASE WHEN due.resets THEN due.ends_at WHEN due.renewal = 'calendar' THEN due.next_reset_at END,
        (SELECT min(expires_at) FROM credits_creditlot lot
         WHERE lot.account_id = due.user_id AND closed_at IS NULL AND kind <> 'allowance' AND expires_at > p_now))
  FROM due WHERE account.user_id = due.user_id
)
SELECT count(*)::int FROM due WHERE resets
$$;

CREATE FUNCTION lock_credit_account(p_user uuid, p_now timestamptz DEFAULT statement_timestamp())
RETURNS credits_creditaccount
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Holds the account until the transaction ends and closes what is due. Null when there is no such account.
DECLARE
  account credits_creditaccount;
BEGIN
  SELECT * INTO account FROM credits_creditaccount WHERE user_id = p_user FOR UPDATE;
  IF account.due_at <= p_now THEN
    PERFORM settle_credits(ARRAY[p_user], p_now);
    SELECT * INTO account FROM credits_creditaccount WHERE user_id = p_user;
  END IF;
  RETURN account;
END $$;

CREATE FUNCTION burn_lots(p_user uuid, p_row bigint, p_amount integer) RETURNS void
LANGUAGE plpgsql AS $$
-- Takes from the open lots: what lapses first, then allowance, bonus, purchase, then the oldest. For the writers below.
DECLARE
  lot record;
  wanted integer := p_amount;
  taken integer;
BEGIN
  FOR lot IN
    SELECT id, remaining FROM credits_creditlot
    WHERE account_id = p_user AND closed_at IS NULL AND remaining > 0
    ORDER BY expires_at NULLS LAST, array_position('{allowance,bonus,purchase}', kind::text), id
  LOOP
    taken := least(lot.remaining, wanted);
    UPDATE credits_creditlot SET remaining = remaining - taken WHERE id = lot.id;
    INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (p_row, lot.id, -taken);
    wanted := wanted - taken;
    EXIT WHEN wanted = 0;
  END LOOP;
  IF wanted <> 0 THEN
    RAISE EXCEPTION 'open lots of % hold % credits less than the balance', p_user, wanted USING ERRCODE = 'XX001';
  END IF;
END $$;

CREATE FUNCTION charge_of(p_user uuid, p_job uuid) RETURNS bigint
LANGUAGE plpgsql AS $$
-- The ledger row that charged a job, null when none did.
DECLARE
  charge record;
BEGIN
  SELECT id, account_id INTO charge FROM credits_credittransaction WHERE job_id = p_job AND type = 'deduction';
  IF charge.account_id <> p_user THEN
    RAISE EXCEPTION 'job % was charged to somebody else', p_job USING ERRCODE = '22023';
  END IF;
  RETURN charge.id;
END $$;

CREATE FUNCTION deduct_credits(p_user uuid, p_amount integer, p_description text, p_job uuid, p_agent text,
                               p_metadata jsonb DEFAULT '{}', p_now timestamptz DEFAULT statement_timestamp(),
                               OUT outcome text, OUT row_id bigint, OUT balance_now integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Charges a job once: 'done', or 'repeated' with the recorded charge; 'insufficient', 'frozen', 'no_account'.
DECLARE
  account credits_creditaccount;
BEGIN
  IF coalesce(p_amount, 0) <= 0 OR p_job IS NULL OR p_now IS NULL THEN
    RAISE EXCEPTION 'a charge names a job and a positive amount' USING ERRCODE = '22023';
  END IF;
  LOOP  -- at most twice: who holds the lock of a settled account with enough in it takes
    UPDATE credits_creditaccount SET balance = balance - p_amount, total_spent = total_spent + p_amount
    WHERE user_id = p_user AND balance >= p_amount AND frozen_at IS NULL AND (due_at > p_now OR due_at IS NULL)
    RETURNING balance INTO balance_now;
    EXIT WHEN FOUND;
    account := lock_credit_account(p_user, p_now);
    balance_now := account.balance;
    row_id := charge_of(p_user, p_job);
    outcome := CASE WHEN row_id IS NOT NULL THEN 'repeated' WHEN account.user_id IS NULL THEN 'no_account'
                    WHEN account.frozen_at IS NOT NULL THEN 'frozen'
                    WHEN account.balance < p_amount THEN 'insufficient' END;
    IF outcome IS NOT NULL THEN
      RETURN;
    END IF;
  END LOOP;
  INSERT INTO credits_credittransaction
    (account_id, amount, balance_after, type, description, job_id, agent_id, metadata, created_at)
  VALUES (p_user, -p_amount, balance_now, 'deduction', p_description, p_job, p_agent, p_metadata, p_now)
  ON CONFLICT (job_id) WHERE type = 'deduction' DO NOTHING RETURNING id INTO row_id;
  IF row_id IS NULL THEN
    UPDATE credits_creditaccount SET balance = balance + p_amount, total_spent = total_spent - p_amount
    WHERE user_id = p_user RETURNING balance INTO balance_now;
    row_id := charge_of(p_user, p_job);
    outcome := 'repeated';
    RETURN;
  END IF;
  PERFORM burn_lots(p_user, row_id, p_amount);
  outcome := 'done';
END $$;

CREATE FUNCTION open_lot(p_user uuid, p_kind text, p_type text, p_amount integer, p_source text, p_expires_at timestamptz,
                         p_description text, p_metadata jsonb, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
-- A new lot with its ledger row and split. The caller holds the account's lock. Returns the ledger row's id; an
-- allowance of nothing is a lot without one.
DECLARE
  new_lot bigint;
  new_row bigint;
  balance_now integer;
BEGIN
  UPDATE credits_creditaccount
  SET balance = balance + p_amount, total_earned = total_earned + p_amount,
      due_at = CASE p_kind WHEN 'allowance' THEN due_at ELSE least(due_at, p_expires_at) END
  WHERE user_id = p_user RETURNING balance INTO balance_now;
  INSERT INTO credits_creditlot (account_id, kind, granted, remaining, expires_at, source, created_at)
  VALUES (p_user, p_kind, p_amount, p_amount, p_expires_at, p_source, p_now) RETURNING id INTO new_lot;
  IF p_amount = 0 THEN
    RETURN NULL;
  END IF;
  INSERT INTO credits_credittransaction
    (account_id, amount, balance_after, type, description, metadata, created_at)
  VALUES (p_user, p_amount, balance_now, p_type, p_description, p_metadata, p_now) RETURNING id INTO new_row;
  INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (new_row, new_lot, p_amount);
  RETURN new_row;
END $$;

CREATE FUNCTION has_granted(p_user uuid, p_source text) RETURNS boolean
LANGUAGE plpgsql AS $$
-- Whether a source has granted to this user before: no source grants twice.
DECLARE
  grantee uuid;
BEGIN
  SELECT account_id INTO grantee FROM credits_creditlot WHERE source = p_source;
  IF grantee <> p_user THEN
    RAISE EXCEPTION 'source % has granted to somebody else', p_source USING ERRCODE = '22023';
  END IF;
  RETURN grantee IS NOT NULL;
END $$;
