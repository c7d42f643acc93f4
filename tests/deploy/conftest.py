from collections.abc import Iterator

import pytest

from dashboard.checkup import bounded
from tests.deploy import buckets


@pytest.fixture
def bucket(settings, monkeypatch) -> Iterator[buckets.Bucket]:
    """The product's files lie there, for as long as the test. It answers at once; a busy machine may not."""
    monkeypatch.setattr(bounded, "SECONDS", 60)
    with buckets.serving() as held:
        known = {
            "S3_BUCKET": buckets.NAME,
            "S3_ENDPOINT_URL": held.address,
            "S3_REGION": "eu-central-1",
            "S3_PREFIX": "production",
            "S3_ACCESS_KEY": buckets.KEY,
            "S3_SECRET_KEY": buckets.SECRET,
            "STORAGES": {**settings.STORAGES, "default": {"BACKEND": "avatarg.bucket.Bucket"}},
        }
        for name, value in known.items():
            setattr(settings, name, value)
        yield held
