from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class SingleSignOn(models.Model):
    """How the people of one e-mail domain sign in: by an OpenID Connect provider that a customer named.

    It works once an operator has seen that the domain is the customer's (`checked_at`), and while the owner's plan has
    single sign-on. A changed domain or provider must be checked anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="single_sign_on")
    domain = models.CharField(max_length=253, help_text="What follows the @, in small letters.")
    issuer = models.URLField(max_length=500, help_text="Where /.well-known/openid-configuration is found.")
    client_id = models.CharField(max_length=190)
    sealed_secret = models.TextField(blank=True, default="")
    required = models.BooleanField(default=False, help_text="A password opens nothing for addresses of the domain.")
    checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "single sign-on"
        constraints = [
            models.UniqueConstraint(fields=["domain"], condition=~Q(checked_at=None), name="one_sign_on_a_domain"),
        ]

    def __str__(self) -> str:
        return self.domain
