"""The time stamp over the seal of an evidence package: since when the whole package stands as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import armour, asn1, evidence_manifest, oids, signed_data, timestamps
from kzsign.certificates import Certificate
from kzsign.context import Context, Limits
from kzsign.evidence_manifest import Manifest
from kzsign.report import FAILED, PASSED, SKIPPED, Step

NAME: Final = "stamp"


@dataclass(frozen=True)
class Stamped:
    """What was found out about it. `at` only where the authority is trusted."""

    step: Step
    at: datetime | None = None
    tsa: str = ""


def check(manifest: Manifest, files: dict[str, bytes], context: Context, *, own_trust: bool) -> Stamped:
    """Judge the stamp that the list announces.

    Whose authority the reader does not know (`own_trust`) is told and not counted. By the certificates of the package itself
    it has to hold: it did when the package was made.
    """
    if not manifest.is_stamped:
        return Stamped(Step(NAME, SKIPPED, "manifest_not_stamped"))
    token = files[evidence_manifest.STAMP]
    found = timestamps.judge(token, files.get(evidence_manifest.SEAL, b""), context)
    if found.is_broken or found.info is None or found.tsa is None:
        return Stamped(Step(NAME, FAILED, found.reason))
    if not found.is_trusted:
        # A clock of the reader that is slow says nothing against the stamp.
        is_told = own_trust or found.reason == "timestamp_from_future"
        return Stamped(Step(NAME, SKIPPED if is_told else FAILED, found.reason))
    # No list covers this file: what its own signature leaves out could be changed unseen.
    if not is_plain(token, found.tsa, found.chain, context.limits):
        return Stamped(Step(NAME, FAILED, "timestamp_malformed"))
    return Stamped(Step(NAME, PASSED), found.info.at, str(found.tsa.subject))


def is_plain(container: bytes, signer: Certificate, chain: Iterable[Certificate], limits: Limits) -> bool:
    """Whether nothing in a CMS of one signer could be another: what its signature leaves out is as the standard makes it.

    No certificate outside of the signer's own chain, nothing appended, the signer named as in his certificate.
    """
    known = {signer.raw, *(one.raw for one in chain)}
    try:
        signed = signed_data.read(armour.unwrap(container), asn1.Budget(limits.elements), limits)
        version, digests, signer_versions = _outside(container)
    except asn1.Asn1Error:
        return False
    if len(signed.signers) != 1 or signed.revocations:
        return False
    info = signed.signers[0]
    return (
        {node.raw for node in signed.certificate_nodes} <= known
        and not info.unsigned
        and (info.issuer is None or info.issuer.raw == signer.issuer.raw)
        # RFC 5652, 5.1 and 5.3.
        and signer_versions == [3 if info.issuer is None else 1]
        and version == (1 if signed.content_type == oids.DATA and info.issuer is not None else 3)
        and digests == {info.digest_algorithm.raw}
    )


def _outside(container: bytes) -> tuple[int, set[bytes], list[int]]:
    """Version and named digests of a CMS, and the versions of its signers; it was read once already."""
    outer = asn1.Fields(asn1.parse(armour.unwrap(container)))
    outer.take(asn1.OID)
    fields = asn1.Fields(asn1.only(outer.take(0xA0)))
    version = asn1.integer(fields.take(asn1.INTEGER))
    digests = {node.raw for node in fields.take(asn1.SET).children}
    fields.take(asn1.SEQUENCE)
    fields.optional(0xA0)
    fields.optional(0xA1)
    signers = [asn1.Fields(node) for node in fields.take(asn1.SET).children]
    return version, digests, [asn1.integer(signer.take(asn1.INTEGER)) for signer in signers]
