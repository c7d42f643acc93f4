from avatarg.errors import Refusal


class TooManyKeys(Refusal):
    code, status = "TOO_MANY_KEYS", 409
    sentence = "You have as many keys as there may be. Revoke one first."
