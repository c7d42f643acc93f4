from avatarg.errors import Refusal


class TooManyTickets(Refusal):
    code, status = "TOO_MANY_TICKETS", 409


class PersonLeft(Refusal):
    code, status = "PERSON_LEFT", 409
    sentence = "This person has left, and nobody writes about them any more."


class ConversationFull(Refusal):
    code, status = "CONVERSATION_FULL", 409
