from django.contrib import admin
from django.urls import path

from metrics import views

urlpatterns = [
    path("", admin.site.admin_view(views.page), name="metrics"),
    path("<slug:slug>.csv", admin.site.admin_view(views.table_as_csv), name="metrics-csv"),
]
