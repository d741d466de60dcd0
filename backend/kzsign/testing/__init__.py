"""A certificate authority with the Kazakh identifiers, and everything that it signs; for tests and demonstrations.

Nothing here may be trusted by a real installation: the names of its authorities end with TEST, and the
library refuses such anchors unless they are allowed explicitly.
"""

from kzsign.testing.authority import Authority, Revocation
from kzsign.testing.certificates import Identity
from kzsign.testing.cms import Archive, Signing, sign_cms
from kzsign.testing.crl import crl
from kzsign.testing.ocsp import Status, ocsp_answer
from kzsign.testing.timestamps import time_stamp
from kzsign.testing.xml import XmlSigning, sign_xml

__all__ = [
    "Archive",
    "Authority",
    "Identity",
    "Revocation",
    "Signing",
    "Status",
    "XmlSigning",
    "crl",
    "ocsp_answer",
    "sign_cms",
    "sign_xml",
    "time_stamp",
]
