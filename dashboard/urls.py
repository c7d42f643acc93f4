from django.urls import path

from dashboard.views import goals, home, interest, keys, payments, site, sso, studio, styleguide, talk, work

urlpatterns = [
    path("", site.landing, name="landing"),
    path("pricing", site.pricing, name="pricing"),
    path("styleguide", styleguide.styleguide, name="styleguide"),
    path("dashboard", home.home, name="dashboard"),
    path("dashboard/billing", payments.billing, name="billing"),
    path("dashboard/billing/upgrade", payments.upgrade, name="upgrade"),
    path("dashboard/billing/portal", payments.portal, name="portal"),
    path("dashboard/credits", home.ledger, name="credits"),
    path("dashboard/settings", home.settings, name="settings"),
    path("dashboard/settings/keys", keys.keys, name="keys"),
    path("dashboard/settings/keys/<uuid:key_id>/revoke", keys.revoke, name="revoke-key"),
    path("dashboard/settings/sso", sso.sign_on, name="sso-settings"),
    path("dashboard/settings/sso/remove", sso.remove, name="sso-remove"),
    path("dashboard/picture", home.picture, name="picture"),
    path("dashboard/agents/avatar-g-agent", goals.goal, name="goal"),
    path("dashboard/agents/<slug:agent_id>", studio.studio, name="studio"),
    path("dashboard/agents/<slug:agent_id>/interest", interest.interest, name="interest"),
    path("dashboard/turns/<uuid:job_id>", talk.turn, name="turn"),
    path("dashboard/jobs", work.jobs, name="jobs"),
    path("dashboard/jobs/<uuid:job_id>", work.job, name="job"),
    path("dashboard/jobs/<uuid:job_id>/cancel", work.cancel, name="cancel"),
    path("dashboard/jobs/<uuid:job_id>/missing", work.missing, name="missing"),
    path("dashboard/jobs/<uuid:job_id>/retry", work.retry, name="retry"),
    path("dashboard/jobs/<uuid:job_id>/artifacts/<str:name>/delete", work.remove, name="remove"),
]
