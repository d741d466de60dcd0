"""Where stored files lie: in a folder, or in an S3-compatible store."""

from typing import Any

from botocore.config import Config


def default(
    *, bucket: str, endpoint_url: str, region: str, access_key: str, secret_key: str
) -> dict[str, Any]:
    """The entry of STORAGES for stored files; without a bucket they lie in MEDIA_ROOT."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint_url or None,
            "region_name": region or None,
            "access_key": access_key,
            "secret_key": secret_key,
            # Names are random and never come twice: asking before each write would only cost time.
            "file_overwrite": True,
            "default_acl": None,
            "client_config": Config(
                signature_version="s3v4",
                # A store at an address of its own knows no bucket names in its host name.
                s3={"addressing_style": "path" if endpoint_url else "auto"},
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                # Sums that not every compatible store knows are left out; the bytes are encrypted with their own.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
