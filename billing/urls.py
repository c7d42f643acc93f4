from django.urls import path

from billing.views import credits, payments

urlpatterns = [
    path("api/credits/balance", credits.BalanceView.as_view(), name="api-balance"),
    path("api/credits/transactions", credits.TransactionsView.as_view(), name="api-transactions"),
    path("api/credits/transactions.csv", credits.TransactionsCsvView.as_view(), name="api-transactions-csv"),
    path("api/billing/checkout", payments.CheckoutView.as_view(), name="api-checkout"),
    path("api/billing/portal", payments.PortalView.as_view(), name="api-portal"),
    path("api/billing/webhook", payments.WebhookView.as_view(), name="api-webhook"),
    path("api/cron/reset-credits", credits.ResetView.as_view(), name="api-reset"),
]
