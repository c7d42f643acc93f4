from django.core.mail import EmailMessage
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Prints mails where no mail server is configured; of those that have HTML as well, the text alone."""

    def write_message(self, message: EmailMessage) -> None:
        plain = EmailMessage(
            message.subject, message.body, message.from_email, message.to, headers=message.extra_headers
        )
        super().write_message(plain)
