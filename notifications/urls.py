from django.urls import path

from notifications import views

urlpatterns = [path("mail/off/<str:token>", views.unsubscribe, name="unsubscribe")]
