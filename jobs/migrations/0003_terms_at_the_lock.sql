-- The caller no longer reads plan, status and switches first: it hands over what each plan would allow this job, and the
-- statement that holds the account finds out which of these terms count. Only what those terms limit is counted.

DROP FUNCTION submit_job(uuid, uuid, text, text, jsonb, bigint, integer, text, text, text, text, jsonb, jsonb, text, text);
DROP FUNCTION jobs_used(uuid, text, timestamptz);

CREATE FUNCTION jobs_used(p_user uuid, p_agent text, p_since timestamptz, p_terms jsonb DEFAULT NULL)
RETURNS TABLE (running bigint, this_period bigint, avatars bigint, stored bigint)
LANGUAGE sql STABLE AS $$
-- What counts against a plan: active top-level jobs; this period's jobs of the agent; avatars kept; bytes stored.
-- Unfinished jobs count; failed and canceled ones were refunded and do not. What p_terms does not limit is null.
SELECT
  (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND status IN ('queued', 'running') AND parent_id IS NULL),
  CASE WHEN p_terms IS NULL OR p_terms ? 'this_period' THEN
    (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND agent_id = p_agent AND created_at >= p_since
       AND status NOT IN ('failed', 'canceled')) END,
  CASE WHEN p_terms IS NULL OR p_terms ? 'avatars' THEN
    (SELECT count(*) FROM jobs_artifact WHERE user_id = p_user AND holds_avatar AND deleted_at IS NULL)
      + (SELECT count(*) FROM jobs_job
         WHERE user_id = p_user AND agent_id = 'avatar-builder' AND status IN ('queued', 'running')) END,
  coalesce((SELECT bytes FROM jobs_storedbytes WHERE user_id = p_user), 0)
$$;

CREATE FUNCTION submit_job(p_user uuid, p_job uuid, p_agent text, p_operation text, p_input jsonb, p_seed bigint,
                           p_cost integer, p_description text, p_terms jsonb, p_inactive text[], p_response jsonb,
                           p_body_hash text, p_key text DEFAULT NULL,
                           OUT outcome text, OUT details jsonb, OUT queue text)
LANGUAGE plpgsql AS $$
-- outcome: 'done' (details: the answer), 'replay' (body_hash, response), 'closed' (the agent is switched off, or plan
-- or status do not let it run), 'quota' (quota, limit, used), 'concurrency' (limit, running), 'insufficient' (available,
-- next_reset_at), 'refused' (reason). p_terms: by plan the queue, the most jobs at once and the limits this_period,
-- avatars, stored, where a missing one is none; a plan that is missing may not run the agent.
DECLARE
  account credits_creditaccount;
  standing record;
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
  SELECT subscription.plan, p_terms -> subscription.plan AS terms INTO standing FROM billing_subscription subscription
  WHERE user_id = p_user AND status <> ALL (p_inactive)
    AND NOT EXISTS (SELECT FROM agents_agentswitch WHERE agent_id = p_agent AND off);
  IF standing.terms IS NULL THEN
    outcome := 'closed';
    RETURN;
  END IF;
  SELECT * INTO used FROM jobs_used(p_user, p_agent, account.period_started_at, standing.terms);
  FOR quota IN SELECT * FROM (VALUES ('this_period', used.this_period), ('avatars', used.avatars),
                                     ('stored', used.stored)) AS quotas (name, amount) LOOP
    IF quota.amount >= (standing.terms ->> quota.name)::bigint THEN
      outcome := 'quota';
      details := jsonb_build_object('quota', quota.name, 'limit', standing.terms -> quota.name, 'used', quota.amount);
      RETURN;
    END IF;
  END LOOP;
  IF used.running >= (standing.terms ->> 'jobs')::int THEN
    outcome := 'concurrency';
    details := jsonb_build_object('limit', standing.terms -> 'jobs', 'running', used.running);
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
  queue := standing.terms ->> 'queue';
  INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, input, seed, cost)
  VALUES (p_job, p_user, p_agent, p_operation, standing.plan, standing.terms ->> 'queue', p_input, p_seed, p_cost);
  outcome := 'done';
  details := p_response || jsonb_build_object('balance', charge.balance_now);
  IF p_key IS NOT NULL THEN
    INSERT INTO jobs_idempotencykey (user_id, key, body_hash, job_id, response)
    VALUES (p_user, p_key, p_body_hash, p_job, details)
    ON CONFLICT (user_id, key) DO UPDATE SET body_hash = excluded.body_hash, job_id = excluded.job_id,
      response = excluded.response, created_at = excluded.created_at;
  END IF;
END $$;
