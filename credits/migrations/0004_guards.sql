-- The ledger is append-only, and no account or lot vanishes, whoever asks.

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the ledger is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON credits_credittransaction
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON credits_creditsplit
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept BEFORE DELETE ON credits_creditaccount FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept BEFORE DELETE ON credits_creditlot FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON credits_credittransaction EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON credits_creditsplit EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON credits_creditaccount EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON credits_creditlot EXECUTE FUNCTION refuse_ledger_change();

-- Balances change in place on the page: nothing that is updated often is indexed.
ALTER TABLE credits_creditaccount SET (fillfactor = 70);
ALTER TABLE credits_creditlot SET (fillfactor = 70);

-- Who may call the writers is said by `manage.py grant_app_role`.
REVOKE EXECUTE ON FUNCTION settle_credits, lock_credit_account, burn_lots, charge_of, has_granted, deduct_credits,
  open_lot, open_credit_account, add_credits, refund_credits, take_back_credits, start_credit_period,
  reset_monthly_credits, freeze_credits FROM PUBLIC;
