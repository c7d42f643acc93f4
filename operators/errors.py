from avatarg.errors import Refusal


class NotThisOne(Refusal):
    code, status = "NOT_THIS_ONE", 409
    sentence = "This is not done to this account."


class OnlyLooking(Refusal):
    code, status = "PERMISSION_DENIED", 403
    sentence = "You are looking at this account as an operator. Nothing can be changed here."


class CampaignChanged(Refusal):
    code, status = "CAMPAIGN_CHANGED", 409
    sentence = "Other people fit now than in the dry run. Please look again."
