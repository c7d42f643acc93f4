from django.utils.translation import gettext_noop as _

from avatarg.errors import Refusal


class UnknownAgent(Refusal):
    code, status = "UNKNOWN_AGENT", 404
    sentence = _("There is no such agent or operation.")


class AgentComingSoon(Refusal):
    code, status = "AGENT_COMING_SOON", 403
    sentence = _("This agent is not live yet.")


class SubscriptionInactive(Refusal):
    code, status = "SUBSCRIPTION_INACTIVE", 403
    sentence = _("Your subscription is not active. Please mend the payment first.")


class PlanRequired(Refusal):
    code, status = "PLAN_REQUIRED", 403
    sentence = _("This agent asks for a higher plan.")


class AgentNotAllowed(Refusal):
    code, status = "AGENT_NOT_ALLOWED", 403
    sentence = _("Your plan does not include this agent.")
