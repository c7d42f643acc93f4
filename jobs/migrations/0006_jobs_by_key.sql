-- A job knows the API key that it was started with, and a key may have a budget of credits: decided under the account's
-- lock, like all that a job is refused for.

DROP FUNCTION submit_job(uuid, uuid, text, text, jsonb, bigint, integer, text, jsonb, text[], jsonb, text, text, integer,
                         jsonb, jsonb);

CREATE FUNCTION taken_by_key(p_user uuid, p_key_id uuid, p_since timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
-- Credits of the jobs that were started with a key since then, net of refunds. Steps are paid by their plan.
SELECT coalesce(sum(cost - refunded), 0)::bigint FROM jobs_job
WHERE api_key_id = p_key_id AND user_id = p_user AND parent_id IS NULL AND created_at >= p_since
$$;

CREATE FUNCTION submit_job(p_user uuid, p_job uuid, p_agent text, p_operation text, p_input jsonb, p_seed bigint,
                           p_cost integer, p_description text, p_terms jsonb, p_inactive text[], p_response jsonb,
                           p_body_hash text, p_key text DEFAULT NULL, p_base integer DEFAULT NULL,
                           p_steps jsonb DEFAULT NULL, p_facts jsonb DEFAULT NULL, p_key_id uuid DEFAULT NULL,
                           p_key_budget integer DEFAULT NULL, p_key_since timestamptz DEFAULT NULL,
                           OUT outcome text, OUT details jsonb, OUT queue text)
LANGUAGE plpgsql AS $$
-- outcome: 'done' (details: the answer), 'replay' (body_hash, response), 'closed' (the agent is switched off, or plan
-- or status do not let it run; of a step: agent), 'quota' (quota, limit, used; of a step: agent), 'concurrency' (limit,
-- running), 'insufficient' (available, next_reset_at), 'refused' (reason). p_terms: by plan the queue, the most jobs at
-- once and the limits this_period, avatars, stored, voices, where a missing one is none; a plan that is missing may not
-- run the agent. With p_base the job is orchestrated: it waits for p_steps, in their order: id, agent, operation, input,
-- seed, cost, reason, depends_on, terms. p_key_id is the API key that asks: what its jobs took since p_key_since is at
-- most p_key_budget, else 'quota' (quota 'api_key').
DECLARE
  account credits_creditaccount;
  standing record;
  used record;
  charge record;
  stored record;
  key_used bigint;
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
  IF p_key_budget IS NOT NULL THEN
    key_used := taken_by_key(p_user, p_key_id, p_key_since);
    IF key_used + p_cost > p_key_budget THEN
      outcome := 'quota';
      details := jsonb_build_object('quota', 'api_key', 'limit', p_key_budget, 'used', key_used);
      RETURN;
    END IF;
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
  INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, input, seed, cost, base_cost, waiting, output,
                        api_key_id)
  VALUES (p_job, p_user, p_agent, p_operation, standing.plan, standing.terms ->> 'queue', p_input, p_seed, p_cost, p_base,
          p_base IS NOT NULL, p_facts, p_key_id);
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
