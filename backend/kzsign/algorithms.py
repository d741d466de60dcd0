"""Which digest belongs to which signature. Only the pairs of this table are accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kzsign import asn1, oids
from kzsign.asn1 import Node


class AlgorithmError(ValueError):
    """The algorithm is not accepted; `code` says why, `is_unknown` whether nothing was found against it."""

    def __init__(self, code: str, *, is_unknown: bool = False) -> None:
        super().__init__(code)
        self.code, self.is_unknown = code, is_unknown


@dataclass(frozen=True)
class Scheme:
    """A signature algorithm with its digest; `family` is that of the key."""

    family: str
    digest: str


_SIGNATURES: Final = {
    oids.GOST_2015_SIGNATURE: Scheme("gost2015", "streebog512"),
    oids.GOST_2004_SIGNATURE: Scheme("gost2004", "gost34311"),
    oids.GOST_2004_SIGNATURE_ALIAS: Scheme("gost2004", "gost34311"),
    "1.2.840.113549.1.1.11": Scheme("rsa", "sha256"),
    "1.2.840.113549.1.1.12": Scheme("rsa", "sha384"),
    "1.2.840.113549.1.1.13": Scheme("rsa", "sha512"),
}
# MD2, MD5, SHA-1 and SHA-224 with RSA.
_WEAK: Final = frozenset(f"1.2.840.113549.1.1.{number}" for number in (2, 4, 5, 14)) | {"1.3.14.3.2.29"}
# MD2, MD4, MD5, SHA-224, RIPEMD-160.
_WEAK_DIGESTS: Final = frozenset(f"1.2.840.113549.2.{number}" for number in (2, 4, 5)) | {
    "2.16.840.1.101.3.4.2.4",
    "1.3.36.3.2.1",
}
# Signatures of families that are not checked here, by the beginning of their names: DSA, ECDSA, EdDSA. No GOST or RSA
# key makes them.
_FOREIGN: Final = ("1.2.840.10040.4.", "1.2.840.10045.4.", "1.3.101.")
# A SignerInfo may name the algorithm of the key; its digest field then tells the digest.
_KEY_ONLY: Final = {
    oids.RSA_KEY: "rsa",
    oids.GOST_2015_KEY: "gost2015",
    oids.GOST_2004_KEY: "gost2004",
}
_DIGESTS_OF: Final = {
    "rsa": frozenset({"sha256", "sha384", "sha512"}),
    "gost2015": frozenset({"streebog512"}),
    "gost2004": frozenset({"gost34311"}),
}
_NAMES: Final = {
    "streebog512": "GOST 34.11-2015-512",
    "gost34311": "GOST 34.311-95",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
}


def identifier(node: Node) -> tuple[str, Node | None]:
    """The object identifier and the parameters of an AlgorithmIdentifier."""
    fields = asn1.Fields(node)
    name = asn1.oid(fields.take())
    parameters = fields.take() if fields.peek() != -1 else None
    fields.end()
    return name, parameters


def digest_name(node: Node) -> str:
    """The digest of an AlgorithmIdentifier. Raises ``AlgorithmError`` when it or its parameters are not known."""
    name, parameters = identifier(node)
    if name not in oids.DIGESTS:
        raise AlgorithmError("unsupported", is_unknown=True)
    is_plain = parameters is None or parameters.raw == b"\x05\x00"
    if not is_plain and not (name == oids.GOST_34311 and _is_test_box(parameters)):
        raise AlgorithmError("unsupported", is_unknown=True)
    return oids.DIGESTS[name]


def _is_test_box(parameters: Node | None) -> bool:
    if parameters is None:
        return False
    if parameters.tag == asn1.SEQUENCE:
        parameters = asn1.only(parameters)
    return parameters.tag == asn1.OID and asn1.oid(parameters) == oids.GOST_34311_PARAMETERS


def certificate_scheme(node: Node) -> Scheme:
    """The scheme that a certificate, CRL or OCSP answer names. Raises ``AlgorithmError``."""
    name, parameters = identifier(node)
    if name in _WEAK:
        raise AlgorithmError("weak_algorithm")
    if name not in _SIGNATURES:
        raise AlgorithmError("unsupported", is_unknown=True)
    if parameters is not None and parameters.raw != b"\x05\x00":
        raise AlgorithmError("unsupported", is_unknown=True)
    return _SIGNATURES[name]


def signer_scheme(signature: Node, digest: Node) -> Scheme:
    """The scheme of a SignerInfo: both fields must say the same. Raises ``AlgorithmError``.

    A signature with a digest of its own next to any other one, also an unknown one, is a mismatch and no open question.
    """
    name, _ = identifier(signature)
    digest_oid, _ = identifier(digest)
    if digest_oid == oids.SHA1 or digest_oid in _WEAK_DIGESTS:
        raise AlgorithmError("weak_algorithm")
    if name in _SIGNATURES and oids.DIGESTS.get(digest_oid) != _SIGNATURES[name].digest:
        raise AlgorithmError("algorithm_mismatch")
    digest_used = digest_name(digest)
    if name in _KEY_ONLY:
        family = _KEY_ONLY[name]
        if digest_used not in _DIGESTS_OF[family]:
            raise AlgorithmError("algorithm_mismatch")
        return Scheme(family, digest_used)
    return certificate_scheme(signature)


def is_foreign(signature: Node) -> bool:
    """Whether this is known to be no signature of a GOST or RSA key."""
    return identifier(signature)[0].startswith(_FOREIGN)


def label(scheme: Scheme, bits: int) -> str:
    """How reports call the scheme."""
    digest = _NAMES[scheme.digest]
    if scheme.family == "gost2015":
        return f"GOST 34.10-2015-512 with {digest}"
    if scheme.family == "gost2004":
        return f"GOST 34.310-2004 with {digest} (legacy)"
    return f"RSA-{bits} with {digest}"
