"""Files in a private S3 bucket, or in one of any server that speaks its protocol. They leave through the product, never
by an address of the bucket's, so that what a browser may do with them is decided in one place."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 30, 3
IN_MEMORY = 2 * 1024 * 1024  # of a file that is being read; the rest goes to the folder of temporary files


class Bucket(S3Storage):  # type: ignore[misc]  # it has no types
    """No object is overwritten: a second one of the same name gets another, as in a folder."""

    def get_default_settings(self) -> dict[str, Any]:
        known: dict[str, Any] = super().get_default_settings()
        return known | {
            "bucket_name": settings.S3_BUCKET,
            "endpoint_url": settings.S3_ENDPOINT_URL or None,
            "region_name": settings.S3_REGION or None,
            "location": settings.S3_PREFIX,
            "access_key": settings.S3_ACCESS_KEY or None,
            "secret_key": settings.S3_SECRET_KEY or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"max_attempts": TRIES, "mode": "standard"},
                s3={"addressing_style": "path" if settings.S3_ENDPOINT_URL else "auto"},
                signature_version="s3v4",
                request_checksum_calculation="when_required",  # not every server but Amazon's knows the newer ones
                response_checksum_validation="when_required",
            ),
        }
