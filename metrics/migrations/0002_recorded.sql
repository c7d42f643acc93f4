-- Every change of what a person is on is recorded where it is written, whoever writes it: sign-ups are made by the
-- database itself, the rest by Stripe's events and by operators. Nobody else writes the history, and nobody changes it.

CREATE FUNCTION record_plan_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- An operator's plan is known by the calendar period that `put_on_plan` has just opened: Stripe's are its own.
DECLARE
  known metrics_planchange;
  given boolean;
  billed text;
BEGIN
  SELECT * INTO known FROM metrics_planchange WHERE user_id = NEW.user_id ORDER BY id DESC LIMIT 1;
  SELECT renewal = 'calendar' AND period_started_at = NEW.current_period_start INTO given
  FROM credits_creditaccount WHERE user_id = NEW.user_id;
  billed := CASE WHEN NEW.stripe_subscription_id = '' OR NEW.plan = 'FREE' AND NOT coalesce(given, false) THEN ''
                 WHEN given THEN coalesce(known.billed_plan, '')
                 ELSE NEW.plan END;
  IF (known.plan, known.status, known.stripe_subscription_id, known.billed_plan)
     IS NOT DISTINCT FROM (NEW.plan, NEW.status, NEW.stripe_subscription_id, billed) THEN
    RETURN NULL;
  END IF;
  INSERT INTO metrics_planchange (user_id, plan, status, stripe_subscription_id, billed_plan, changed_at)
  VALUES (NEW.user_id, NEW.plan, NEW.status, NEW.stripe_subscription_id, billed, greatest(now(), known.changed_at));
  RETURN NULL;
END $$;

CREATE TRIGGER recorded AFTER INSERT OR UPDATE OF plan, status, stripe_subscription_id ON billing_subscription
  FOR EACH ROW EXECUTE FUNCTION record_plan_change();

CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the history is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON metrics_planchange
  FOR EACH ROW EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON metrics_planchange EXECUTE FUNCTION refuse_history_change();

REVOKE EXECUTE ON FUNCTION record_plan_change FROM PUBLIC;
