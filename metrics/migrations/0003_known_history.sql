-- What can still be known of people who were there before their changes were recorded: that everybody began on FREE, and
-- since when the subscription that they have now has granted. Earlier subscriptions left no trace of when they ended.

INSERT INTO metrics_planchange (user_id, plan, status, changed_at)
SELECT user_id, 'FREE', 'active', created_at FROM billing_subscription subscription
WHERE NOT EXISTS (SELECT FROM metrics_planchange known WHERE known.user_id = subscription.user_id)
ORDER BY created_at, user_id;

INSERT INTO metrics_planchange (user_id, plan, status, stripe_subscription_id, billed_plan, changed_at)
SELECT subscription.user_id, plan, status, stripe_subscription_id,
       CASE WHEN stripe_subscription_id <> '' AND plan <> 'FREE' THEN plan ELSE '' END,
       greatest(created_at, coalesce(first.granted_at, updated_at))
FROM billing_subscription subscription LEFT JOIN LATERAL (
  SELECT min(lot.created_at) AS granted_at FROM credits_creditlot lot
  WHERE lot.account_id = subscription.user_id AND stripe_subscription_id <> ''
    AND starts_with(lot.source, 'stripe:' || stripe_subscription_id || ':')) first ON true
WHERE (plan, status, stripe_subscription_id) <> ('FREE', 'active', '')
  AND (SELECT count(*) FROM metrics_planchange known WHERE known.user_id = subscription.user_id) = 1
ORDER BY 6, 1;
