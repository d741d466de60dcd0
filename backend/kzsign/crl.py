"""Lists of revoked certificates (RFC 5280, 5), complete and delta, without making objects of their entries.

A complete list of the NCA has some 420 000 entries in 21 MB: the one wanted is searched by its octets, and the list is
hashed in pieces where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import algorithms, asn1, digests, extensions, names, oids
from kzsign.algorithms import AlgorithmError
from kzsign.asn1 import Asn1Error, Budget, Fields, Node
from kzsign.certificates import Certificate
from kzsign.extensions import CRL_SIGN
from kzsign.names import Name

_UNDERSTOOD: Final = frozenset(
    {oids.CRL_NUMBER, oids.DELTA_CRL, oids.ISSUING_POINT, oids.AUTHORITY_KEY_ID, oids.FRESHEST_CRL}
)
REMOVED: Final = 8


class CrlError(ValueError):
    """The list cannot be used; `code` is a stable reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Scope:
    """What a list covers: its issuing distribution point."""

    raw: bytes = b""
    addresses: tuple[str, ...] = ()
    only_users: bool = False
    only_authorities: bool = False
    is_partial: bool = False  # some reasons only, indirect, or attribute certificates: not used here

    def covers(self, certificate: Certificate) -> bool:
        """Whether absence from the list says something about this certificate."""
        found = certificate.extensions
        if (
            self.is_partial
            or (self.only_users and found.is_ca)
            or (self.only_authorities and not found.is_ca)
        ):
            return False
        named = set(found.crl_addresses + found.delta_addresses)
        return not self.addresses or bool(set(self.addresses) & named)


@dataclass(frozen=True)
class Entry:
    """One revoked certificate. `reason` is None when none was given."""

    serial: int
    revoked_at: datetime
    reason: int | None


@dataclass(frozen=True)
class Crl:
    """A list as it was received; entries stay octets."""

    data: bytes
    issuer: Name
    this_update: datetime
    next_update: datetime | None
    number: int | None
    base_number: int | None  # a delta list names the complete list it belongs to
    scope: Scope
    keeps_expired_since: datetime | None
    signed_from: int
    signed_to: int
    entries_from: int
    entries_to: int
    algorithm: Node
    signature: bytes

    @property
    def is_delta(self) -> bool:
        """Whether it only tells changes."""
        return self.base_number is not None

    def check(self, issuer: Certificate) -> None:
        """That `issuer` made the list. Raises ``CrlError``."""
        usage = issuer.extensions.key_usage
        if not self.issuer.matches(issuer.subject):
            raise CrlError("other_issuer")
        if usage is not None and CRL_SIGN not in usage:
            raise CrlError("issuer_usage")
        try:
            scheme = algorithms.certificate_scheme(self.algorithm)
        except AlgorithmError as problem:
            raise CrlError(problem.code) from problem
        digest = digests.digest(scheme.digest, memoryview(self.data)[self.signed_from : self.signed_to])
        if not issuer.key.verifies(scheme, digest, self.signature):
            raise CrlError("signature_mismatch")

    def find(self, serial: int) -> Entry | None:
        """The entry of a serial number. Raises ``CrlError`` for an entry that cannot be read."""
        wanted = _integer_octets(serial)
        position = self.data.find(wanted, self.entries_from, self.entries_to)
        if position < 0:
            return None
        # The octets may also lie inside of something else: only the beginning of an entry counts.
        for start, body in self._places():
            if self.data.startswith(wanted, body):
                return self._entry(start)
        return None

    def _places(self) -> Iterator[tuple[int, int]]:
        data, position, end = self.data, self.entries_from, self.entries_to
        while position < end:
            length, body = data[position + 1], position + 2
            if length >= 0x80:
                count = length & 0x7F
                body += count
                length = int.from_bytes(data[position + 2 : body], "big")
            if data[position] != asn1.SEQUENCE or body + length > end:
                raise CrlError("malformed")
            yield position, body
            position = body + length

    def _entry(self, start: int) -> Entry:
        try:
            node = Node(self.data, start, self.entries_to, der=True, budget=Budget(1000))
            fields = Fields(node)
            serial, revoked_at = asn1.integer(fields.take(), max_octets=64), asn1.time(fields.take())
            extra = fields.optional(asn1.SEQUENCE)
            fields.end()
            return Entry(serial, revoked_at, _reason(extra))
        except Asn1Error as problem:
            raise CrlError("malformed") from problem


def _integer_octets(value: int) -> bytes:
    body = value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)
    return bytes((asn1.INTEGER, len(body))) + body


def _reason(extra: Node | None) -> int | None:
    reason = None
    for oid, is_critical, value in _extensions(extra):
        if oid == oids.CRL_REASON:
            reason = asn1.integer(value, tag=asn1.ENUMERATED)
        elif oid == oids.CERTIFICATE_ISSUER or (is_critical and oid not in ("2.5.29.24", "2.5.29.23")):
            raise Asn1Error("critical_extension")
    return reason


def _extensions(node: Node | None) -> Iterator[tuple[str, bool, Node]]:
    for member in asn1.members(node, asn1.SEQUENCE) if node is not None else ():
        fields = Fields(member)
        oid = asn1.oid(fields.take())
        flag = fields.optional(asn1.BOOLEAN)
        content = asn1.octets(fields.take())
        fields.end()
        yield oid, flag is not None and asn1.boolean(flag), asn1.parse(content, budget=member.budget)


def read(data: bytes, *, budget: Budget | None = None) -> Crl:
    """The list of DER octets. Raises ``CrlError``."""
    try:
        return _read(data, budget or Budget(10_000))
    except Asn1Error as problem:
        raise CrlError(problem.code) from problem


def _read(data: bytes, budget: Budget) -> Crl:
    outer = Fields(asn1.parse(data, budget=budget))
    tbs, algorithm, signature = outer.take(asn1.SEQUENCE), outer.take(asn1.SEQUENCE), outer.take()
    outer.end()
    fields = Fields(tbs)
    fields.optional(asn1.INTEGER)
    if fields.take(asn1.SEQUENCE).raw != algorithm.raw:
        raise Asn1Error("algorithm_mismatch")
    issuer = names.read(fields.take(asn1.SEQUENCE))
    this_update = asn1.time(fields.take())
    following = fields.optional(asn1.UTC_TIME, asn1.GENERALIZED_TIME)
    entries = fields.optional(asn1.SEQUENCE)
    wrapped = fields.optional(0xA0)
    fields.end()
    values: dict[str, Node] = {}
    for oid, is_critical, value in _extensions(asn1.only(wrapped) if wrapped is not None else None):
        if oid in values or (is_critical and oid not in _UNDERSTOOD):
            raise Asn1Error("critical_extension")
        values[oid] = value
    return Crl(
        data=data,
        issuer=issuer,
        this_update=this_update,
        next_update=asn1.time(following) if following is not None else None,
        number=_number(values.get(oids.CRL_NUMBER)),
        base_number=_number(values.get(oids.DELTA_CRL)),
        scope=_scope(values.get(oids.ISSUING_POINT)),
        keeps_expired_since=asn1.time(values[oids.EXPIRED_ON_CRL]) if oids.EXPIRED_ON_CRL in values else None,
        signed_from=tbs.start,
        signed_to=tbs.end,
        entries_from=entries.body if entries is not None else 0,
        entries_to=entries.end if entries is not None else 0,
        algorithm=algorithm,
        signature=asn1.bit_octets(signature),
    )


def _number(node: Node | None) -> int | None:
    return asn1.integer(node, max_octets=64) if node is not None else None


def _scope(node: Node | None) -> Scope:
    if node is None:
        return Scope()
    flags: dict[int, bool] = {}
    addresses: tuple[str, ...] = ()
    for part in asn1.members(node, asn1.SEQUENCE):
        if part.tag == 0xA0:
            chosen = asn1.only(part)
            if chosen.tag != 0xA0:
                return Scope(raw=node.raw, is_partial=True)
            addresses = tuple(filter(None, (extensions.general_name(name).text for name in chosen.children)))
        elif part.tag == 0x83:
            flags[3] = True
        else:
            flags[part.tag & 0x1F] = asn1.boolean(part, tag=part.tag)
    return Scope(
        raw=node.raw,
        addresses=addresses,
        only_users=flags.get(1, False),
        only_authorities=flags.get(2, False),
        is_partial=any(flags.get(number, False) for number in (3, 4, 5)),
    )
