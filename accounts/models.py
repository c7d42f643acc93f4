import uuid
from datetime import datetime
from typing import Any, ClassVar

import uuid_utils.compat
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


def new_id() -> uuid.UUID:
    """A time-ordered UUID (version 7): new rows land at the index's end."""
    return uuid_utils.compat.uuid7()


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not (email := self.normalize_email(email)):
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Anonymised when they leave, never deleted: the ledger outlives them.

    The database gives every new row its profile, FREE plan and credits (billing's migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField("e-mail", unique=True)
    is_staff = models.BooleanField("operator", default=False, help_text="May sign in to the admin.")
    is_active = models.BooleanField("active", default=True)
    date_joined = models.DateTimeField("joined", db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        return self.email


class Profile(models.Model):
    """What a person tells about themselves. `preferences` holds small JSON settings of the pages."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    full_name = models.CharField("name", max_length=120, blank=True, db_default="")
    avatar = models.ImageField(upload_to="avatars/", blank=True, db_default="", max_length=200)
    preferences = models.JSONField(default=dict, blank=True, db_default={})

    def __str__(self) -> str:
        return self.full_name or self.user.email


class ApiKey(models.Model):
    """What a program signs in with. The key itself is kept nowhere: `hash` is its SHA-256, `prefix` its first letters.

    `budget` is the most credits that jobs started with it may take in a `budget_per` (UTC), net of refunds.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        EXECUTE = "execute", _("Execute")

    class Per(models.TextChoices):
        DAY = "day", _("a day")
        MONTH = "month", _("a month")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=20)
    hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    budget = models.PositiveIntegerField(null=True)
    budget_per = models.CharField(max_length=5, choices=Per.choices, db_default="")
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "API key"
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["read", "execute"]) & ~Q(scopes=[]), name="key_scopes_known"
            ),
            models.CheckConstraint(
                condition=Q(budget=None, budget_per="") | Q(budget__gt=0, budget_per__in=["day", "month"]),
                name="key_budget_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}\N{HORIZONTAL ELLIPSIS})"

    def state_at(self, moment: datetime) -> str:
        """live, revoked or expired."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= moment else "live"
