-- Starting a job is one statement: under the account's lock it re-checks what may have changed, takes quota, place and
-- credits, and leaves the job, its dispatch mark and the stored answer. Nothing of it can be seen or lost by halves.

CREATE FUNCTION jobs_used(p_user uuid, p_agent text, p_since timestamptz, OUT running integer, OUT this_period integer,
                          OUT avatars integer, OUT stored bigint)
LANGUAGE sql STABLE AS $$
-- What counts against a plan: active top-level jobs; this period's jobs of the agent; avatars kept; bytes stored.
-- Unfinished jobs count; failed and canceled ones were refunded and do not.
SELECT
  (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND status IN ('queued', 'running') AND parent_id IS NULL),
  (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND agent_id = p_agent AND created_at >= p_since
     AND status NOT IN ('failed', 'canceled')),
  (SELECT count(*) FROM jobs_artifact WHERE user_id = p_user AND holds_avatar AND deleted_at IS NULL)
    + (SELECT count(*) FROM jobs_job
       WHERE user_id = p_user AND agent_id = 'avatar-builder' AND status IN ('queued', 'running')),
  coalesce((SELECT bytes FROM jobs_storedbytes WHERE user_id = p_user), 0)
$$;

CREATE FUNCTION submit_job(p_user uuid, p_job uuid, p_agent text, p_operation text, p_input jsonb, p_seed bigint,
                           p_cost integer, p_description text, p_plan text, p_status text, p_queue text,
                           p_limits jsonb, p_response jsonb, p_body_hash text, p_key text DEFAULT NULL,
                           OUT outcome text, OUT details jsonb)
LANGUAGE plpgsql AS $$
-- outcome: 'done' (details: the answer), 'replay' (body_hash, response), 'stale' (the plan has just changed: ask
-- again), 'quota' (quota, limit, used), 'concurrency' (limit, running), 'insufficient' (available, next_reset_at),
-- 'refused'. p_limits: jobs, this_period, avatars, stored; a missing one is no limit.
DECLARE
  account credits_creditaccount;
  used record;
  charge record;
  stored record;
  quota record;
BEGIN
  account := lock_credit_account(p_user);
  IF p_key IS NOT NULL THEN
    SELECT body_hash, response INTO stored FROM jobs_idempotencykey
    WHERE user_id = p_user AND key = p_key AND created_at > statement_timestamp() - interval '24 hours';
    IF FOUND THEN
      outcome := 'replay';
      details := jsonb_build_object('body_hash', stored.body_hash, 'response', stored.response);
      RETURN;
    END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM billing_subscription WHERE user_id = p_user AND plan = p_plan AND status = p_status) THEN
    outcome := 'stale';
    RETURN;
  END IF;
  used := jobs_used(p_user, p_agent, account.period_started_at);
  FOR quota IN SELECT * FROM (VALUES ('this_period', used.this_period::bigint), ('avatars', used.avatars::bigint),
                                     ('stored', used.stored)) AS quotas (name, amount) LOOP
    IF quota.amount >= (p_limits ->> quota.name)::bigint THEN
      outcome := 'quota';
      details := jsonb_build_object('quota', quota.name, 'limit', p_limits -> quota.name, 'used', quota.amount);
      RETURN;
    END IF;
  END LOOP;
  IF used.running >= (p_limits ->> 'jobs')::int THEN
    outcome := 'concurrency';
    details := jsonb_build_object('limit', p_limits -> 'jobs', 'running', used.running);
    RETURN;
  END IF;
  charge := deduct_credits(p_user, p_cost, p_description, p_job, p_agent,
                           jsonb_build_object('operation', p_operation));
  IF charge.outcome <> 'done' THEN
    outcome := CASE WHEN charge.balance_now < p_cost THEN 'insufficient' ELSE 'refused' END;
    details := jsonb_build_object('available', charge.balance_now, 'next_reset_at', account.next_reset_at,
                                  'reason', charge.outcome);
    RETURN;
  END IF;
  INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, input, seed, cost)
  VALUES (p_job, p_user, p_agent, p_operation, p_plan, p_queue, p_input, p_seed, p_cost);
  outcome := 'done';
  details := p_response || jsonb_build_object('balance', charge.balance_now);
  IF p_key IS NOT NULL THEN
    INSERT INTO jobs_idempotencykey (user_id, key, body_hash, job_id, response)
    VALUES (p_user, p_key, p_body_hash, p_job, details)
    ON CONFLICT (user_id, key) DO UPDATE SET body_hash = excluded.body_hash, job_id = excluded.job_id,
      response = excluded.response, created_at = excluded.created_at;
  END IF;
END $$;

CREATE FUNCTION count_stored_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
-- Keeps jobs_storedbytes equal to the sum of what is not deleted.
DECLARE
  change bigint := 0;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.deleted_at IS NULL THEN change := change - OLD.size; END IF;
  IF TG_OP <> 'DELETE' AND NEW.deleted_at IS NULL THEN change := change + NEW.size; END IF;
  IF change < 0 THEN  -- not as a conflict: the row proposed first would break the check
    UPDATE jobs_storedbytes SET bytes = bytes + change WHERE user_id = coalesce(NEW.user_id, OLD.user_id);
  ELSIF change > 0 THEN
    INSERT INTO jobs_storedbytes (user_id, bytes) VALUES (coalesce(NEW.user_id, OLD.user_id), change)
    ON CONFLICT (user_id) DO UPDATE SET bytes = jobs_storedbytes.bytes + change;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON jobs_artifact
  FOR EACH ROW EXECUTE FUNCTION count_stored_bytes();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON jobs_upload
  FOR EACH ROW EXECUTE FUNCTION count_stored_bytes();

ALTER TABLE jobs_job SET (fillfactor = 70);
CREATE INDEX job_age ON jobs_job USING brin (created_at);
