from django.urls import path

from jobs import health, views

urlpatterns = [
    path("api/agents", views.AgentsView.as_view(), name="api-agents"),
    path("api/agents/execute", views.ExecuteView.as_view(), name="api-execute"),
    path("api/agents/quote", views.QuoteView.as_view(), name="api-quote"),
    path("api/jobs/list", views.JobsView.as_view(), name="api-jobs"),
    path("api/jobs/<uuid:job_id>", views.JobView.as_view(), name="api-job"),
    path("api/jobs/<uuid:job_id>/cancel", views.CancelView.as_view(), name="api-cancel"),
    path("api/jobs/<uuid:job_id>/retry", views.RetryView.as_view(), name="api-retry"),
    path("api/jobs/<uuid:job_id>/artifacts/<str:name>", views.ArtifactView.as_view(), name="api-artifact"),
    path("api/uploads", views.UploadsView.as_view(), name="api-uploads"),
    path("api/voices", views.VoicesView.as_view(), name="api-voices"),
    path("api/voices/<uuid:voice_id>", views.VoiceView.as_view(), name="api-voice"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
