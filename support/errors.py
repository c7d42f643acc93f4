from avatarg.errors import Refusal


class TooManyTickets(Refusal):
    code, status = "TOO_MANY_TICKETS", 409


class ConversationFull(Refusal):
    code, status = "CONVERSATION_FULL", 409
