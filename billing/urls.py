from django.urls import path

from billing import views

urlpatterns = [
    path("api/credits/balance", views.BalanceView.as_view(), name="api-balance"),
    path("api/credits/transactions", views.TransactionsView.as_view(), name="api-transactions"),
    path("api/credits/transactions.csv", views.TransactionsCsvView.as_view(), name="api-transactions-csv"),
    path("api/cron/reset-credits", views.ResetView.as_view(), name="api-reset"),
]
