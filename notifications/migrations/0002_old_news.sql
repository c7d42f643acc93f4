-- What happened before there were mails is recorded as skipped: nobody is told of it, and nobody is welcomed who is here.
INSERT INTO notifications_notification (user_id, kind, occasion, state, ended_at)
SELECT id, 'welcome', 'welcome', 'skipped', now()
FROM accounts_user WHERE date_joined > now() - interval '30 days'
UNION ALL
SELECT user_id, 'payment_failed', stripe_subscription_id
       || to_char(current_period_start AT TIME ZONE 'UTC', '":"YYYY-MM-DD"T"HH24:MI:SS'), 'skipped', now()
FROM billing_subscription
WHERE status = 'past_due' AND stripe_subscription_id <> '' AND current_period_start IS NOT NULL
UNION ALL
SELECT user_id, 'plan_ends', stripe_subscription_id
       || to_char(current_period_end AT TIME ZONE 'UTC', '":"YYYY-MM-DD"T"HH24:MI:SS'), 'skipped', now()
FROM billing_subscription
WHERE cancel_at_period_end AND stripe_subscription_id <> '' AND current_period_end IS NOT NULL
ON CONFLICT DO NOTHING;
