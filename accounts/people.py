"""What happens to people: they change their profile, and leave by being anonymised: the ledger outlives them."""

import io
from typing import IO, Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from PIL import Image, ImageOps

from accounts.models import ApiKey, Profile, User

PICTURE_SIDE = 256


def update_profile(
    *, user_id: UUID, full_name: str, preferences: dict[str, Any], picture: IO[bytes] | None = None,
    remove_picture: bool = False,
) -> None:  # fmt: skip
    """Save what a person tells about themselves. A picture is cropped to a square and encoded anew."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update().get(pk=user_id)
        old = str(profile.avatar.name or "")
        profile.full_name = full_name
        profile.preferences = {**profile.preferences, **preferences}
        if picture:
            profile.avatar.save(f"{uuid4()}.png", ContentFile(square(picture)), save=False)
        elif remove_picture:
            profile.avatar = ""
        profile.save(update_fields=["full_name", "preferences", "avatar"])
    if old and old != profile.avatar.name:
        default_storage.delete(old)


def square(picture: IO[bytes]) -> bytes:
    """A PNG of 256 by 256 pixels with nothing of the sent file but its pixels."""
    picture.seek(0)
    with Image.open(picture) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    out = io.BytesIO()
    ImageOps.fit(upright, (PICTURE_SIDE, PICTURE_SIDE)).save(out, "PNG")
    return out.getvalue()


def anonymous_address(user: User) -> str:
    return f"{user.pk}@anonymised.invalid"


def anonymise(user: User) -> None:
    """Forget who a user was and let nobody sign in as them; safe to repeat. Their ledger and jobs stay.

    What apps above this one keep of people's words they forget by a function named in settings.FORGETS.
    """
    with transaction.atomic():
        profile = Profile.objects.select_for_update().filter(user=user).first()
        picture = str(profile.avatar.name or "") if profile else ""
        Profile.objects.filter(user=user).update(full_name="", avatar="", preferences={})
        EmailAddress.objects.filter(user=user).delete()
        ApiKey.objects.filter(user=user, revoked_at=None).update(revoked_at=Now())
        for forget in settings.FORGETS:
            import_string(forget)(user.pk)
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        user.email = anonymous_address(user)
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
    if picture:
        default_storage.delete(picture)
