"""Object identifiers, by the name used in the code. Sources: RFC 5280, 5652, 5035, 3161, 6960; kz: the NCA's certificates."""

from __future__ import annotations

from typing import Final

# Keys and signatures
GOST_2015_KEY: Final = "1.2.398.3.10.1.1.2.2"
GOST_2015_KEY_SET: Final = "1.2.398.3.10.1.1.2.2.1"
GOST_2015_SIGNATURE: Final = "1.2.398.3.10.1.1.2.3.2"
GOST_2004_KEY: Final = "1.2.398.3.10.1.1.1.1"
GOST_2004_KEY_SET: Final = "1.2.398.3.10.1.1.1.1.1"
GOST_2004_SIGNATURE: Final = "1.2.398.3.10.1.1.1.2"
GOST_2004_SIGNATURE_ALIAS: Final = "1.3.6.1.4.1.6801.1.2.2"
GOST_34311_PARAMETERS: Final = "1.2.398.3.10.1.3.1.1.0"
RSA_KEY: Final = "1.2.840.113549.1.1.1"

# Digests
DIGESTS: Final = {
    "1.2.398.3.10.1.3.3": "streebog512",
    "1.2.398.3.10.1.3.2": "streebog256",
    "1.2.398.3.10.1.3.1": "gost34311",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.3.14.3.2.26": "sha1",
}
STREEBOG_512: Final = "1.2.398.3.10.1.3.3"
GOST_34311: Final = "1.2.398.3.10.1.3.1"
SHA1: Final = "1.3.14.3.2.26"

# CMS
SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
DATA: Final = "1.2.840.113549.1.7.1"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
COUNTER_SIGNATURE: Final = "1.2.840.113549.1.9.6"
SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
TIME_STAMP_TOKEN: Final = "1.2.840.113549.1.9.16.2.14"  # noqa: S105 - no secret
CERTIFICATE_VALUES: Final = "1.2.840.113549.1.9.16.2.23"
REVOCATION_VALUES: Final = "1.2.840.113549.1.9.16.2.24"
ADOBE_REVOCATION: Final = "1.2.840.113583.1.1.8"
OCSP_RESPONSE_IN_CRLS: Final = "1.3.6.1.5.5.7.16.2"

# Names
COMMON_NAME: Final = "2.5.4.3"
SURNAME: Final = "2.5.4.4"
SERIAL_NUMBER: Final = "2.5.4.5"
ORGANISATION: Final = "2.5.4.10"
ORGANISATIONAL_UNIT: Final = "2.5.4.11"
GIVEN_NAME: Final = "2.5.4.42"

# Extensions
SUBJECT_KEY_ID: Final = "2.5.29.14"
KEY_USAGE: Final = "2.5.29.15"
ALTERNATIVE_NAME: Final = "2.5.29.17"
BASIC_CONSTRAINTS: Final = "2.5.29.19"
NAME_CONSTRAINTS: Final = "2.5.29.30"
CRL_DISTRIBUTION: Final = "2.5.29.31"
POLICIES: Final = "2.5.29.32"
AUTHORITY_KEY_ID: Final = "2.5.29.35"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
FRESHEST_CRL: Final = "2.5.29.46"
NO_REVOCATION: Final = "2.5.29.56"
AUTHORITY_ACCESS: Final = "1.3.6.1.5.5.7.1.1"
OCSP_ACCESS: Final = "1.3.6.1.5.5.7.48.1"
OCSP_NO_CHECK: Final = "1.3.6.1.5.5.7.48.1.5"
OCSP_BASIC: Final = "1.3.6.1.5.5.7.48.1.1"
OCSP_NONCE: Final = "1.3.6.1.5.5.7.48.1.2"
OCSP_ARCHIVE_CUTOFF: Final = "1.3.6.1.5.5.7.48.1.6"
CRL_NUMBER: Final = "2.5.29.20"
CRL_REASON: Final = "2.5.29.21"
DELTA_CRL: Final = "2.5.29.27"
ISSUING_POINT: Final = "2.5.29.28"
CERTIFICATE_ISSUER: Final = "2.5.29.29"
EXPIRED_ON_CRL: Final = "2.5.29.60"

# Uses of keys; those of the national arc are roles
NATIONAL: Final = "1.2.398."
ANY_USE: Final = "2.5.29.37.0"
EMAIL_PROTECTION: Final = "1.3.6.1.5.5.7.3.4"
CLIENT_AUTHENTICATION: Final = "1.3.6.1.5.5.7.3.2"
TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
# Document signing: Microsoft's, Adobe's and RFC 9336's, as seals of organisations carry them.
DOCUMENT_SIGNING: Final = frozenset({"1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5", "1.3.6.1.5.5.7.3.36"})

# Roles that the NCA writes as extended key usage, from the most telling one.
ROLES: Final = {
    "1.2.398.3.3.4.1.2.1": "head",
    "1.2.398.3.3.4.1.2.2": "right_to_sign",
    "1.2.398.3.3.4.1.2.3": "right_to_sign_financial",
    "1.2.398.3.3.4.1.2.4": "hr_employee",
    "1.2.398.3.3.4.1.2.5": "employee",
    "1.2.398.3.3.4.1.2.6": "entity_system",
    "1.2.398.5.19.1.2.2.1": "treasury_client",
    "1.2.398.3.3.4.2.1": "authority_staff",
    "1.2.398.3.3.4.2.2": "authority_staff",
    "1.2.398.3.3.4.2.3": "authority_staff",
    "1.2.398.3.3.4.2": "authority_staff",
    "1.2.398.3.3.4.1.2": "entity",
    "1.2.398.3.3.4.1.1.1": "person_system",
    "1.2.398.3.3.4.1.1": "individual",
}
IDENTIFIED: Final = {
    "1.2.398.3.3.4.3.1": "in_person",
    "1.2.398.3.3.4.3.2": "remote",
    "1.2.398.3.3.4.3.2.1": "remote_digital_id",
}
