-- Sums of a person's ended jobs by day and agent, in the transaction that changes the job. An unfinished job is in none:
-- a plan allows few at once, and they are read as they are. A job takes the sum's row before the account's.

CREATE FUNCTION add_to_usage(job jobs_job, times integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jobs_usageday AS known (user_id, day, agent_id, completed, failed, canceled, spent, returned)
  VALUES (job.user_id, (job.created_at AT TIME ZONE 'UTC')::date, job.agent_id,
          CASE job.status WHEN 'completed' THEN times ELSE 0 END, CASE job.status WHEN 'failed' THEN times ELSE 0 END,
          CASE job.status WHEN 'canceled' THEN times ELSE 0 END, times * (job.cost - job.refunded), times * job.refunded)
  ON CONFLICT (user_id, day, agent_id) DO UPDATE
  SET completed = known.completed + excluded.completed, failed = known.failed + excluded.failed,
      canceled = known.canceled + excluded.canceled, spent = known.spent + excluded.spent,
      returned = known.returned + excluded.returned;
END $$;

CREATE FUNCTION sum_up_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- As the owner: workers of the version before end jobs while the application's role knows nothing of this table yet.
BEGIN
  IF TG_OP <> 'DELETE' AND NEW.finished_at IS NOT NULL AND NEW.parent_id IS NULL THEN
    PERFORM add_to_usage(NEW, 1);
  END IF;
  IF TG_OP <> 'INSERT' AND OLD.finished_at IS NOT NULL AND OLD.parent_id IS NULL THEN
    PERFORM add_to_usage(OLD, -1);
    DELETE FROM jobs_usageday
    WHERE user_id = OLD.user_id AND day = (OLD.created_at AT TIME ZONE 'UTC')::date AND agent_id = OLD.agent_id
      AND (completed, failed, canceled, spent, returned) = (0, 0, 0, 0, 0);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER usage_of_new AFTER INSERT ON jobs_job
  FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL) EXECUTE FUNCTION sum_up_usage();
CREATE TRIGGER usage_of_changed AFTER UPDATE ON jobs_job
  FOR EACH ROW WHEN (
    (OLD.status, OLD.refunded, OLD.cost, OLD.created_at, OLD.agent_id, OLD.user_id, OLD.parent_id, OLD.finished_at)
      IS DISTINCT FROM
    (NEW.status, NEW.refunded, NEW.cost, NEW.created_at, NEW.agent_id, NEW.user_id, NEW.parent_id, NEW.finished_at)
    AND (OLD.finished_at IS NOT NULL OR NEW.finished_at IS NOT NULL)
  ) EXECUTE FUNCTION sum_up_usage();
CREATE TRIGGER usage_of_gone AFTER DELETE ON jobs_job
  FOR EACH ROW WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION sum_up_usage();

CREATE FUNCTION recount_usage(p_users uuid[]) RETURNS bigint LANGUAGE sql AS $$
-- Adds what the sums of these people lack of their jobs, and returns how many sums lacked something. Jobs and sums are
-- read on one snapshot and the difference is added: what ends meanwhile is counted once.
WITH changed AS (
  INSERT INTO jobs_usageday AS known (user_id, day, agent_id, completed, failed, canceled, spent, returned)
  SELECT user_id, day, agent_id, sum(completed), sum(failed), sum(canceled), sum(spent), sum(returned)
  FROM (
    SELECT user_id, (created_at AT TIME ZONE 'UTC')::date AS day, agent_id, (status = 'completed')::int AS completed,
           (status = 'failed')::int AS failed, (status = 'canceled')::int AS canceled, cost - refunded AS spent,
           refunded AS returned
    FROM jobs_job
    WHERE user_id = ANY (p_users) AND parent_id IS NULL AND status IN ('completed', 'failed', 'canceled')
    UNION ALL
    SELECT user_id, day, agent_id, -completed, -failed, -canceled, -spent, -returned
    FROM jobs_usageday WHERE user_id = ANY (p_users)
  ) AS lacking
  GROUP BY user_id, day, agent_id
  HAVING (sum(completed), sum(failed), sum(canceled), sum(spent), sum(returned)) <> (0, 0, 0, 0, 0)
  ON CONFLICT (user_id, day, agent_id) DO UPDATE
  SET completed = known.completed + excluded.completed, failed = known.failed + excluded.failed,
      canceled = known.canceled + excluded.canceled, spent = known.spent + excluded.spent,
      returned = known.returned + excluded.returned
  RETURNING 1
)
SELECT count(*) FROM changed
$$;
