-- A plan starts as one job does: one statement checks, holds the price of the whole, and leaves the job with its steps.
-- Saved voices take slots.

DROP FUNCTION submit_job(uuid, uuid, text, text, jsonb, bigint, integer, text, jsonb, text[], jsonb, text, text);
DROP FUNCTION jobs_used(uuid, text, timestamptz, jsonb);

CREATE FUNCTION jobs_used(p_user uuid, p_agent text, p_since timestamptz, p_terms jsonb DEFAULT NULL)
RETURNS TABLE (running bigint, this_period bigint, avatars bigint, stored bigint, voices bigint)
LANGUAGE sql STABLE AS $$
-- What counts against a plan: active top-level jobs; this period's jobs of the agent; avatars kept; bytes stored; voices
-- saved. Unfinished jobs count; failed and canceled ones were refunded and do not. What p_terms does not limit is null.
SELECT
  (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND status IN ('queued', 'running') AND parent_id IS NULL),
  CASE WHEN p_terms IS NULL OR p_terms ? 'this_period' THEN
    (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND agent_id = p_agent AND created_at >= p_since
       AND status NOT IN ('failed', 'canceled')) END,
  CASE WHEN p_terms IS NULL OR p_terms ? 'avatars' THEN
    (SELECT count(*) FROM jobs_artifact WHERE user_id = p_user AND holds_avatar AND deleted_at IS NULL)
      + (SELECT count(*) FROM jobs_job
         WHERE user_id = p_user AND agent_id = 'avatar-builder' AND status IN ('queued', 'running')) END,
  coalesce((SELECT bytes FROM jobs_storedbytes WHERE user_id = p_user), 0),
  CASE WHEN p_terms IS NULL OR p_terms ? 'voices' THEN
    (SELECT count(*) FROM jobs_voice WHERE user_id = p_user AND deleted_at IS NULL)
      + (SELECT count(*) FROM jobs_job WHERE user_id = p_user AND agent_id = 'voice-lab' AND operation = 'clone'
           AND status IN ('queued', 'running')) END
$$;

CREATE FUNCTION reached_quota(p_terms jsonb, p_this_period bigint, p_avatars bigint, p_stored bigint, p_voices bigint)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
-- The first quota that is used up: quota, limit, used.
SELECT jsonb_build_object('quota', name, 'limit', p_terms -> name, 'used', amount)
FROM (VALUES (1, 'this_period', p_this_period), (2, 'avatars', p_avatars), (3, 'stored', p_stored),
             (4, 'voices', p_voices)) AS quotas (place, name, amount)
WHERE amount >= (p_terms ->> name)::bigint ORDER BY place LIMIT 1
$$;

CREATE FUNCTION refusal_of_steps(p_user uuid, p_plan text, p_since timestamptz, p_steps jsonb,
                                 OUT outcome text, OUT details jsonb)
LANGUAGE plpgsql STABLE AS $$
-- Each step as if those before it had been started: 'closed' (agent), 'quota' (agent, quota, limit, used), or null.
DECLARE
  step record;
  used record;
BEGIN
  FOR step IN
    SELECT item ->> 'agent' AS agent, item -> 'terms' -> p_plan AS terms,
           count(*) OVER (PARTITION BY item ->> 'agent' ORDER BY place ROWS UNBOUNDED PRECEDING) - 1 AS others
    FROM jsonb_array_elements(p_steps) WITH ORDINALITY AS items (item, place) ORDER BY place
  LOOP
    IF step.terms IS NULL OR EXISTS (SELECT FROM agents_agentswitch WHERE agent_id = step.agent AND off) THEN
      outcome := 'closed';
      details := jsonb_build_object('agent', step.agent);
      RETURN;
    END IF;
    SELECT * INTO used FROM jobs_used(p_user, step.agent, p_since, step.terms);
    details := reached_quota(step.terms, used.this_period + step.others, used.avatars + step.others, used.stored,
                             used.voices + step.others);
    IF details IS NOT NULL THEN
      outcome := 'quota';
      details := details || jsonb_build_object('agent', step.agent);
      RETURN;
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION submit_job(p_user uuid, p_job uuid, p_agent text, p_operation text, p_input jsonb, p_seed bigint,
                           p_cost integer, p_description text, p_terms jsonb, p_inactive text[], p_response jsonb,
                           p_body_hash text, p_key text DEFAULT NULL, p_base integer DEFAULT NULL,
                           p_steps jsonb DEFAULT NULL, p_facts jsonb DEFAULT NULL,
                           OUT outcome text, OUT details jsonb, OUT queue text)
LANGUAGE plpgsql AS $$
-- outcome: 'done' (details: the answer), 'replay' (body_hash, response), 'closed' (the agent is switched off, or plan
-- or status do not let it run; of a step: agent), 'quota' (quota, limit, used; of a step: agent), 'concurrency' (limit,
-- running), 'insufficient' (available, next_reset_at), 'refused' (reason). p_terms: by plan the queue, the most jobs at
-- once and the limits this_period, avatars, stored, voices, where a missing one is none; a plan that is missing may not
-- run the agent. With p_base the job is orchestrated: it waits for p_steps, in their order: id, agent, operation, input,
-- seed, cost, reason, depends_on, terms.
DECLARE
  account credits_creditaccount;
  standing record;
  used record;
  charge record;
  stored record;
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
  details := reached_quota(standing.terms, used.this_period, used.avatars, used.stored, used.voices);
  IF details IS NOT NULL THEN
    outcome := 'quota';
    RETURN;
  END IF;
  IF p_steps IS NOT NULL THEN
    SELECT found.outcome, found.details INTO outcome, details
    FROM refusal_of_steps(p_user, standing.plan, account.period_started_at, p_steps) found;
    IF outcome IS NOT NULL THEN RETURN; END IF;
  END IF;
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
  INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, input, seed, cost, base_cost, waiting, output)
  VALUES (p_job, p_user, p_agent, p_operation, standing.plan, standing.terms ->> 'queue', p_input, p_seed, p_cost, p_base,
          p_base IS NOT NULL, p_facts);
  IF p_steps IS NOT NULL THEN
    INSERT INTO jobs_job (id, user_id, parent_id, agent_id, operation, plan, queue, input, seed, cost, position, reason,
                          depends_on, waiting)
    SELECT step.id, p_user, p_job, step.agent, step.operation, standing.plan,
           item -> 'terms' -> standing.plan ->> 'queue', step.input, step.seed, step.cost, place, step.reason,
           step.depends_on, cardinality(step.depends_on) > 0
    FROM jsonb_array_elements(p_steps) WITH ORDINALITY AS items (item, place),
         jsonb_to_record(item) AS step (id uuid, agent text, operation text, input jsonb, seed bigint, cost integer,
                                        reason text, depends_on uuid[]);
  END IF;
  outcome := 'done';
  details := p_response || jsonb_build_object('balance', charge.balance_now);
  IF p_key IS NOT NULL THEN
    INSERT INTO jobs_idempotencykey (user_id, key, body_hash, job_id, response)
    VALUES (p_user, p_key, p_body_hash, p_job, details)
    ON CONFLICT (user_id, key) DO UPDATE SET body_hash = excluded.body_hash, job_id = excluded.job_id,
      response = excluded.response, created_at = excluded.created_at;
  END IF;
END $$;
