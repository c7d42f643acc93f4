from django.urls import path

from dashboard.views import home, payments, site, studio, work

urlpatterns = [
    path("", site.landing, name="landing"),
    path("pricing", site.pricing, name="pricing"),
    path("dashboard", home.home, name="dashboard"),
    path("dashboard/billing", payments.billing, name="billing"),
    path("dashboard/billing/upgrade", payments.upgrade, name="upgrade"),
    path("dashboard/billing/portal", payments.portal, name="portal"),
    path("dashboard/credits", home.ledger, name="credits"),
    path("dashboard/settings", home.settings, name="settings"),
    path("dashboard/picture", home.picture, name="picture"),
    path("dashboard/agents/<slug:agent_id>", studio.studio, name="studio"),
    path("dashboard/jobs", work.jobs, name="jobs"),
    path("dashboard/jobs/<uuid:job_id>", work.job, name="job"),
    path("dashboard/jobs/<uuid:job_id>/cancel", work.cancel, name="cancel"),
    path("dashboard/jobs/<uuid:job_id>/retry", work.retry, name="retry"),
    path("dashboard/jobs/<uuid:job_id>/artifacts/<str:name>/delete", work.remove, name="remove"),
]
