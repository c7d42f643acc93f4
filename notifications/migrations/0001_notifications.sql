-- How the statements of notifications/due.py find what is due without reading whole tables.
CREATE INDEX transaction_age ON credits_credittransaction USING brin (created_at) WITH (autosummarize = on);
CREATE INDEX subscription_past_due ON billing_subscription (user_id) WHERE status = 'past_due';
CREATE INDEX subscription_ending ON billing_subscription (current_period_end) WHERE cancel_at_period_end;
CREATE INDEX profile_wants_job_mail ON accounts_profile (user_id)
  WHERE preferences @> '{"mail": {"job_done": true}}';
