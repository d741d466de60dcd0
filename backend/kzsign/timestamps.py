"""Time stamp tokens (RFC 3161): whether one covers these octets and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import algorithms, asn1, chains, oids, revocation, signed_data, signer
from kzsign.algorithms import AlgorithmError
from kzsign.asn1 import Asn1Error, Fields, Node
from kzsign.certificates import Certificate
from kzsign.chains import Chain
from kzsign.content import Content
from kzsign.context import Context
from kzsign.extensions import DIGITAL_SIGNATURE, NON_REPUDIATION
from kzsign.report import FAILED, PASSED, Steps
from kzsign.revocation import Archive

MAX_TOKEN: Final = 1 << 20
_IMPRINTS: Final = frozenset({"streebog512", "streebog256", "gost34311", "sha256", "sha384", "sha512"})


@dataclass(frozen=True)
class TimeStampInfo:
    """TSTInfo: what the authority signed."""

    policy: str
    imprint_digest: str
    imprint: bytes
    serial: int
    at: datetime
    nonce: int | None
    has_unknown_critical: bool = False


@dataclass(frozen=True)
class Token:
    """A token that was read and judged. `reason` is empty when it holds and its chain is trusted.

    `is_broken` tells damage or a token of something else from a mere lack of trust.
    """

    info: TimeStampInfo | None
    tsa: Certificate | None
    chain: tuple[Certificate, ...]
    reason: str
    is_broken: bool = False
    raw: bytes = b""

    @property
    def is_trusted(self) -> bool:
        """Whether its time counts."""
        return not self.reason


def read_info(data: bytes) -> TimeStampInfo:
    """The TSTInfo of DER octets. Raises ``Asn1Error`` or ``AlgorithmError``."""
    fields = Fields(asn1.parse(data))
    if asn1.integer(fields.take()) != 1:
        raise Asn1Error("bad_version")
    policy = asn1.oid(fields.take())
    imprint = Fields(fields.take(asn1.SEQUENCE))
    name = algorithms.digest_name(imprint.take())
    value = asn1.octets(imprint.take())
    imprint.end()
    serial = asn1.integer(fields.take(), max_octets=64)
    at = asn1.time(fields.take(asn1.GENERALIZED_TIME))
    fields.optional(asn1.SEQUENCE)
    ordering = fields.optional(asn1.BOOLEAN)
    if ordering is not None:
        asn1.boolean(ordering)
    nonce = fields.optional(asn1.INTEGER)
    fields.optional(0xA0)
    extensions = fields.optional(0xA1)
    fields.end()
    return TimeStampInfo(
        policy,
        name,
        value,
        serial,
        at,
        asn1.integer(nonce, max_octets=64) if nonce is not None else None,
        has_unknown_critical=extensions is not None and any(map(_is_critical, extensions.children)),
    )


def _is_critical(extension: Node) -> bool:
    """Whether an extension must be understood; none of time stamps is known here."""
    fields = Fields(extension)
    fields.take(asn1.OID)
    flag = fields.optional(asn1.BOOLEAN)
    return flag is not None and asn1.boolean(flag)


def judge(
    token: bytes,
    over: bytes | Content,
    context: Context,
    *,
    pool: Iterable[Certificate] = (),
    archive: Archive = Archive(),  # noqa: B008 - a frozen value
) -> Token:
    """Judge a token that should cover exactly the octets `over`. Never raises for what the token holds.

    `pool` and `archive` are certificates and answers about revocation that came with what it covers.
    """
    over = Content(over) if isinstance(over, bytes) else over
    if len(token) > MAX_TOKEN:
        return Token(None, None, (), "timestamp_malformed", is_broken=True)
    try:
        return _judge(token, over, context, tuple(pool), archive)
    except Asn1Error:
        return Token(None, None, (), "timestamp_malformed", is_broken=True, raw=token)
    except AlgorithmError as problem:
        return Token(None, None, (), f"timestamp_{problem.code}", raw=token)


def _judge(
    token: bytes, over: Content, context: Context, pool: tuple[Certificate, ...], archive: Archive
) -> Token:
    signed = signed_data.read(token, context.budget, context.limits)
    if signed.content_type != oids.TST_INFO or signed.content is None or len(signed.signers) != 1:
        return Token(None, None, (), "timestamp_malformed", is_broken=True, raw=token)
    info = read_info(signed.content)
    known = (*signed.certificates, *pool)
    steps = Steps()
    found = signer.check(
        signed.signers[0],
        content=Content(signed.content),
        content_type=oids.TST_INFO,
        pool=known,
        steps=steps,
    )
    broken = next((step for step in steps.done() if step.result == FAILED), None)
    if broken is not None:
        # An authority may leave its certificate out; then nobody vouches for the time, but nothing is damaged.
        is_broken = broken.reason != "certificate_missing"
        return Token(
            info, found.certificate, (), f"timestamp_{broken.reason}", is_broken=is_broken, raw=token
        )
    if info.has_unknown_critical:
        return Token(info, found.certificate, (), "timestamp_critical_extension", raw=token)
    if info.imprint_digest not in _IMPRINTS:
        return Token(info, found.certificate, (), "timestamp_weak_algorithm", raw=token)
    if over.digest(info.imprint_digest) != info.imprint:
        return Token(info, found.certificate, (), "timestamp_imprint", is_broken=True, raw=token)
    if steps.result("signature") != PASSED or found.certificate is None:
        return Token(info, found.certificate, (), "timestamp_unsupported", raw=token)
    lists = tuple(node.raw for node in signed.revocations if node.tag == asn1.SEQUENCE)
    kept = archive.joined(Archive(crls=lists))
    chain, reason = _trust(found.certificate, known, info.at, kept, context)
    return Token(info, found.certificate, chain.path, reason, raw=token)


def _trust(
    tsa: Certificate, known: tuple[Certificate, ...], at: datetime, archive: Archive, context: Context
) -> tuple[Chain, str]:
    chain = chains.build(tsa, known, context.trust, at, context.budget)
    if not chain.is_trusted:
        return chain, f"timestamp_{chain.reason}"
    # RFC 3161, 2.3: this use alone, and the extension critical.
    if tsa.extensions.extended_usage != (oids.TIME_STAMPING,):
        return chain, "timestamp_usage"
    if oids.EXTENDED_KEY_USAGE not in tsa.extensions.critical or tsa.extensions.is_ca:
        return chain, "timestamp_usage"
    usage = tsa.extensions.key_usage
    if usage is not None and not usage & {DIGITAL_SIGNATURE, NON_REPUDIATION}:
        return chain, "timestamp_usage"
    if at > context.latest:
        return chain, "timestamp_from_future"
    # A standing that cannot be known is not held against the authority: the time would then count less than a claim.
    if revocation.check_chain(chain.path, archive, known, context, at).status == "revoked":
        return chain, "timestamp_revoked"
    return chain, ""
