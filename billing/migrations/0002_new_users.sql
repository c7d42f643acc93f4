-- Every new user has a profile, the FREE plan and 100 credits in the transaction that creates them: Django sends no
-- signal from bulk_create and post_save outside any transaction, so the database does it.

CREATE FUNCTION provision_user(p_user uuid, p_now timestamptz DEFAULT statement_timestamp()) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Gives a user what is missing of the three and names what was given.
DECLARE
  given text[] := '{}';
BEGIN
  INSERT INTO accounts_profile (user_id) VALUES (p_user) ON CONFLICT DO NOTHING;
  IF FOUND THEN given := given || 'profile'::text; END IF;
  INSERT INTO billing_subscription (user_id) VALUES (p_user) ON CONFLICT DO NOTHING;
  IF FOUND THEN given := given || 'subscription'::text; END IF;
  IF open_credit_account(p_user, 100, p_now) THEN given := given || 'credits'::text; END IF;
  RETURN given;
END $$;

CREATE FUNCTION provision_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM provision_user(NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER provisioned AFTER INSERT ON accounts_user FOR EACH ROW EXECUTE FUNCTION provision_new_user();

REVOKE EXECUTE ON FUNCTION provision_user, provision_new_user FROM PUBLIC;
