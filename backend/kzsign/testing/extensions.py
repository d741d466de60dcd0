"""Extensions of certificates and CRLs, one function each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kzsign.testing import der
from kzsign.testing import identifiers as ids

DIGITAL_SIGNATURE = 0
NON_REPUDIATION = 1
KEY_ENCIPHERMENT = 2
KEY_AGREEMENT = 4
KEY_CERT_SIGN = 5
CRL_SIGN = 6


def extension(dotted: str, value: bytes, *, is_critical: bool = False) -> bytes:
    critical = der.boolean(True) if is_critical else b""
    return der.sequence(der.oid(dotted), critical, der.octets(value))


def basic_constraints(
    *, is_ca: bool = True, path_length: int | None = None, is_critical: bool = True
) -> bytes:
    ca = der.boolean(True) if is_ca else b""
    length = der.integer(path_length) if path_length is not None else b""
    return extension("2.5.29.19", der.sequence(ca, length), is_critical=is_critical)


def key_usage(*flags: int, is_critical: bool = True) -> bytes:
    return extension("2.5.29.15", der.flags(*flags), is_critical=is_critical)


def extended_key_usage(uses: Sequence[str], *, is_critical: bool = False) -> bytes:
    return extension("2.5.29.37", der.sequence(*map(der.oid, uses)), is_critical=is_critical)


def key_identifier(public_key_info: bytes) -> bytes:
    """SHA-1 of the content of the BIT STRING: for GOST that is the whole OCTET STRING element."""
    return hashlib.sha1(public_key_bits(public_key_info), usedforsecurity=False).digest()


def public_key_bits(public_key_info: bytes) -> bytes:
    """The octets of subjectPublicKey, without the count of unused bits."""
    body = der.content(public_key_info)
    algorithm_size = len(body) - len(_after_first(body))
    return der.content(body[algorithm_size:])[1:]


def _after_first(body: bytes) -> bytes:
    first = body[1]
    if first < 0x80:
        return body[2 + first :]
    width = first & 0x7F
    return body[2 + width + int.from_bytes(body[2 : 2 + width], "big") :]


def subject_key_id(identifier: bytes) -> bytes:
    return extension("2.5.29.14", der.octets(identifier))


def authority_key_id(identifier: bytes, *, issuer: bytes | None = None, serial: int | None = None) -> bytes:
    """Authorities name issuer and serial besides the key, people's certificates the key alone."""
    parts = [der.implicit(0, identifier)]
    if issuer is not None and serial is not None:
        parts.append(der.explicit(1, der.explicit(4, issuer)))
        parts.append(der.implicit(2, der.content(der.integer(serial))))
    return extension("2.5.29.35", der.sequence(*parts))


def crl_points(address: str) -> bytes:
    return extension("2.5.29.31", _distribution_points(address))


def freshest_crl(address: str) -> bytes:
    return extension("2.5.29.46", _distribution_points(address))


def _distribution_points(address: str) -> bytes:
    name = der.explicit(0, der.explicit(0, _address(address)))
    return der.sequence(der.sequence(name))


def _address(address: str) -> bytes:
    return der.implicit(6, address.encode("ascii"))


def authority_information(*, ocsp: str = "", issuers: str = "") -> bytes:
    parts = []
    if ocsp:
        parts.append(der.sequence(der.oid("1.3.6.1.5.5.7.48.1"), _address(ocsp)))
    if issuers:
        parts.append(der.sequence(der.oid("1.3.6.1.5.5.7.48.2"), _address(issuers)))
    return extension("1.3.6.1.5.5.7.1.1", der.sequence(*parts))


def policies(policy: str, statement: str = "http://pki.gov.kz/cps") -> bytes:
    qualifier = der.sequence(der.oid("1.3.6.1.5.5.7.2.1"), der.ia5(statement))
    return extension("2.5.29.32", der.sequence(der.sequence(der.oid(policy), der.sequence(qualifier))))


def name_constraints(*, permitted: Sequence[bytes] = (), excluded: Sequence[bytes] = ()) -> bytes:
    """Constraints on directory names; each one is a whole Name."""
    parts = []
    for number, names in ((0, permitted), (1, excluded)):
        if names:
            parts.append(der.explicit(number, *(der.sequence(der.explicit(4, name)) for name in names)))
    return extension("2.5.29.30", der.sequence(*parts), is_critical=True)


def email(address: str) -> bytes:
    return extension("2.5.29.17", der.sequence(der.implicit(1, address.encode("ascii"))))


def ocsp_no_check() -> bytes:
    return extension("1.3.6.1.5.5.7.48.1.5", der.NULL)


def nca_mark() -> bytes:
    """The undocumented mark that stands in every recent certificate of the NCA."""
    return extension(ids.NCA_MARK, der.sequence(der.oid(ids.NCA_MARK_VALUE)))


def crl_number(number: int) -> bytes:
    return extension("2.5.29.20", der.integer(number))


def delta_indicator(base: int) -> bytes:
    return extension("2.5.29.27", der.integer(base), is_critical=True)


def crl_reason(reason: int) -> bytes:
    return extension("2.5.29.21", der.enumerated(reason))
