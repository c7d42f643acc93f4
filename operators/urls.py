from django.urls import path

from operators import viewing

urlpatterns = [
    path("admin/look/", viewing.Begin.as_view(), name="begin-looking"),
    path("looking/stop", viewing.Stop.as_view(), name="stop-looking"),
]
