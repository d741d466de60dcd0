"""Object identifiers and names as the National Certification Authority writes them."""

from __future__ import annotations

from typing import Final

# Keys, signatures, digests
GOST_KEY: Final = "1.2.398.3.10.1.1.2.2"
GOST_KEY_SET: Final = "1.2.398.3.10.1.1.2.2.1"
GOST_SIGNATURE: Final = "1.2.398.3.10.1.1.2.3.2"
GOST_DIGEST: Final = "1.2.398.3.10.1.3.3"
GOST_256_SIGNATURE: Final = "1.2.398.3.10.1.1.2.3.1"
GOST_256_DIGEST: Final = "1.2.398.3.10.1.3.2"
LEGACY_KEY: Final = "1.2.398.3.10.1.1.1.1"
LEGACY_KEY_SET: Final = "1.2.398.3.10.1.1.1.1.1"
LEGACY_SIGNATURE: Final = "1.2.398.3.10.1.1.1.2"
LEGACY_DIGEST: Final = "1.2.398.3.10.1.3.1"
LEGACY_DIGEST_SET: Final = "1.2.398.3.10.1.3.1.1.0"
RSA_KEY: Final = "1.2.840.113549.1.1.1"
RSA_SHA256: Final = "1.2.840.113549.1.1.11"
RSA_SHA1: Final = "1.2.840.113549.1.1.5"
EC_KEY: Final = "1.2.840.10045.2.1"
EC_P256: Final = "1.2.840.10045.3.1.7"
ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"
SHA1: Final = "1.3.14.3.2.26"
SHA256: Final = "2.16.840.1.101.3.4.2.1"
SHA512: Final = "2.16.840.1.101.3.4.2.3"

# Roles and uses of keys
SIGNING: Final = "1.3.6.1.5.5.7.3.4"
AUTHENTICATION: Final = "1.3.6.1.5.5.7.3.2"
TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
INDIVIDUAL: Final = "1.2.398.3.3.4.1.1"
ENTITY: Final = "1.2.398.3.3.4.1.2"
ROLES: Final = {
    "head": "1.2.398.3.3.4.1.2.1",
    "right_to_sign": "1.2.398.3.3.4.1.2.2",
    "right_to_sign_finance": "1.2.398.3.3.4.1.2.3",
    "hr": "1.2.398.3.3.4.1.2.4",
    "employee": "1.2.398.3.3.4.1.2.5",
    "system": "1.2.398.3.3.4.1.2.6",
}

# Policies
POLICY: Final = "1.2.398.3.3.2"
POLICY_ROOT: Final = "1.2.398.3.1.2"
POLICY_TSA: Final = "1.2.398.3.3.2.6"
TSA_LEGACY: Final = "1.2.398.3.3.2.6.1"
TSA_RSA: Final = "1.2.398.3.3.2.6.2"
TSA_GOST: Final = "1.2.398.3.3.2.6.4"
NCA_MARK: Final = "1.2.398.3.3.5"
NCA_MARK_VALUE: Final = "1.2.398.3.3.5.1.1"

# CMS
DATA: Final = "1.2.840.113549.1.7.1"
SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
COUNTER_SIGNATURE: Final = "1.2.840.113549.1.9.6"
SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.14"
CERTIFICATE_VALUES: Final = "1.2.840.113549.1.9.16.2.23"
REVOCATION_VALUES: Final = "1.2.840.113549.1.9.16.2.24"
OTHER_REVOCATION_OCSP: Final = "1.3.6.1.5.5.7.16.2"

# Names of the authorities; the last word tells test anchors from the official ones.
ROOT_GOST: Final = "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) KENES TEST"
ISSUING_GOST: Final = "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) KENES TEST"
ROOT_RSA: Final = "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) KENES TEST"
ISSUING_RSA: Final = "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) KENES TEST"
ROOT_LEGACY: Final = "НЕГІЗГІ КО (GOST) KENES TEST"
ISSUING_LEGACY: Final = "ҰКО 3.0 (GOST) KENES TEST"
