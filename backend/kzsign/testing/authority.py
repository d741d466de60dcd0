"""A certificate authority for tests and demonstrations: the identifiers and layouts of the NCA, own keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack

from kzsign.testing import certificates, extensions
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import COMMON_NAME, COUNTRY, ORGANISATION, Identity, issue, name
from kzsign.testing.keys import Key, new_key

ADDRESS = "http://test.kenes.invalid"
POLICIES = {"gost": ids.TSA_GOST, "rsa": ids.TSA_RSA, "legacy": ids.TSA_LEGACY}
_CA_USAGE = extensions.key_usage(extensions.KEY_CERT_SIGN, extensions.CRL_SIGN)


class Knobs(TypedDict, total=False):
    """What may be replaced in a certificate of a person or organisation."""

    family: str
    purpose: str
    usage: bytes | None
    issuer: Identity | None
    key: Key | None
    subject: bytes | None
    not_before: datetime | None
    not_after: datetime | None
    signing_key: Key | None
    serial: int | None
    extra: Sequence[bytes]


class ServiceKnobs(TypedDict, total=False):
    """What may be replaced in a certificate of a time-stamping authority or OCSP responder."""

    family: str
    issuer: Identity | None
    uses: Sequence[str] | None
    is_critical: bool | None
    not_before: datetime | None
    not_after: datetime | None


@dataclass(frozen=True)
class Revocation:
    """When and why a certificate was revoked; `reason` as in RFC 5280, None when not given."""

    at: datetime
    reason: int | None = None


@dataclass
class Authority:
    """Roots, issuing authorities and everything that they issue. `now` is the time that it was made.

    Families: "gost" (GOST 34.10-2015), "rsa", "legacy" (GOST 34.310-2004). RSA and legacy authorities come
    into being when first asked for. `revocations` maps serial numbers to what OCSP and CRL say of them.
    """

    now: datetime
    seed: bytes | None = None
    address: str = ADDRESS
    revocations: dict[int, Revocation] = field(default_factory=dict)
    issued: dict[int, Identity] = field(default_factory=dict)
    _keys: int = 0

    @classmethod
    def make(
        cls, *, now: datetime | None = None, seed: bytes | None = None, address: str = ADDRESS
    ) -> Authority:
        """A new authority. With `seed` its GOST keys are the same every time (signatures are not).

        `address` stands before the addresses of OCSP, CRL and issuers in its certificates.
        """
        moment = (now or datetime.now(UTC)).replace(microsecond=0)
        return cls(now=moment, seed=seed, address=address)

    def new_key(self, family: str = "gost") -> Key:
        self._keys += 1
        seed = self.seed + self._keys.to_bytes(4, "big") if self.seed is not None else None
        return new_key(family, seed=seed)

    @cached_property
    def root(self) -> Identity:
        return self._root("gost", ids.ROOT_GOST)

    @cached_property
    def issuing(self) -> Identity:
        return self.intermediate(self.root, ids.ISSUING_GOST)

    @cached_property
    def rsa_root(self) -> Identity:
        return self._root("rsa", ids.ROOT_RSA)

    @cached_property
    def rsa_issuing(self) -> Identity:
        return self.intermediate(self.rsa_root, ids.ISSUING_RSA)

    @cached_property
    def legacy_root(self) -> Identity:
        return self._root("legacy", ids.ROOT_LEGACY)

    @cached_property
    def legacy(self) -> Identity:
        return self.intermediate(self.legacy_root, ids.ISSUING_LEGACY)

    def issuer_of(self, family: str) -> Identity:
        """The issuing authority of a family."""
        match family:
            case "gost":
                return self.issuing
            case "rsa":
                return self.rsa_issuing
            case "legacy":
                return self.legacy
        raise ValueError(f"no such family of keys: {family}")

    def _root(self, family: str, common_name: str) -> Identity:
        key = self.new_key(family)
        subject = name((COMMON_NAME, common_name), (COUNTRY, "KZ"))
        identifier = extensions.key_identifier(key.public_key_info)
        serial = certificates.serial_of(key)
        return issue(
            issuer=None,
            key=key,
            subject=subject,
            not_before=self.now - timedelta(days=4 * 365),
            not_after=self.now + timedelta(days=6 * 365),
            parts=(
                extensions.basic_constraints(),
                _CA_USAGE,
                extensions.subject_key_id(identifier),
                extensions.authority_key_id(identifier, issuer=subject, serial=serial),
                extensions.policies(ids.POLICY_ROOT, "http://root.gov.kz/cps"),
            ),
        )

    def intermediate(
        self,
        issuer: Identity,
        common_name: str,
        *,
        path_length: int | None = None,
        is_ca: bool = True,
        usage: bytes = _CA_USAGE,
        extra: Sequence[bytes] = (),
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        signing_key: Key | None = None,
    ) -> Identity:
        """An authority below `issuer`; the knobs make the wrong ones that a verifier has to refuse."""
        key = self.new_key(issuer.key.family)
        return issue(
            issuer=issuer,
            key=key,
            subject=name((COMMON_NAME, common_name), (COUNTRY, "KZ")),
            not_before=not_before or self.now - timedelta(days=4 * 365 - 1),
            not_after=not_after or self.now + timedelta(days=6 * 365 - 4),
            signing_key=signing_key,
            parts=(
                extensions.basic_constraints(is_ca=is_ca, path_length=path_length),
                usage,
                extensions.crl_points(f"{self.address}/crl/root_{issuer.key.family}.crl"),
                extensions.subject_key_id(extensions.key_identifier(key.public_key_info)),
                extensions.authority_key_id(issuer.key_id, issuer=issuer.issuer_name, serial=issuer.serial),
                extensions.authority_information(issuers=f"{self.address}/cert/root_{issuer.key.family}.cer"),
                extensions.policies(ids.POLICY),
                *extra,
            ),
        )

    def individual(
        self,
        *,
        iin: str = "900101300017",
        name: str = "ТЕСТОВ ТЕСТ",
        patronymic: str = "ТЕСТОВИЧ",
        **knobs: Unpack[Knobs],
    ) -> Identity:
        """A person's signing certificate. `name` is surname and first name. Knobs: see `leaf`."""
        return self.leaf(full_name=name, iin=iin, patronymic=patronymic, roles=(ids.INDIVIDUAL,), **knobs)

    def entity(
        self,
        *,
        bin: str = "990140000018",
        organisation: str = 'ТОО "ТЕСТ"',
        iin: str | None = None,
        role: str | None = None,
        name: str = "ТЕСТОВ ТЕСТ",
        **knobs: Unpack[Knobs],
    ) -> Identity:
        """An organisation's signing certificate.

        Of a person with `iin` and `role` (head, right_to_sign, employee …); without `iin` of the organisation's
        system, which names no person at all.
        """
        return self.leaf(
            full_name=name if iin else organisation,
            iin=iin or "",
            patronymic="ТЕСТОВИЧ" if iin else "",
            organisation=organisation,
            bin=bin,
            roles=(ids.ENTITY, ids.ROLES[role]) if role else (ids.ENTITY,),
            **knobs,
        )

    def authentication(self, *, iin: str = "900101300017", family: str = "gost") -> Identity:
        """A person's key for logging in: it may not sign documents."""
        usage = extensions.key_usage(extensions.DIGITAL_SIGNATURE, extensions.KEY_ENCIPHERMENT)
        return self.individual(iin=iin, family=family, purpose=ids.AUTHENTICATION, usage=usage)

    def leaf(
        self,
        *,
        full_name: str,
        iin: str = "",
        patronymic: str = "",
        organisation: str = "",
        bin: str = "",
        family: str = "gost",
        purpose: str = ids.SIGNING,
        roles: Sequence[str] = (),
        usage: bytes | None = None,
        issuer: Identity | None = None,
        key: Key | None = None,
        subject: bytes | None = None,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        signing_key: Key | None = None,
        serial: int | None = None,
        extra: Sequence[bytes] = (),
    ) -> Identity:
        """Any certificate of a person or organisation; every part may be replaced."""
        issuer = issuer or self.issuer_of(family)
        key = key or self.new_key(family)
        person = subject or certificates.person_name(
            full_name=full_name, iin=iin, patronymic=patronymic, organisation=organisation, bin=bin
        )
        made = issue(
            issuer=issuer,
            key=key,
            subject=person,
            not_before=not_before or self.now - timedelta(days=30),
            not_after=not_after or self.now + timedelta(days=335),
            signing_key=signing_key,
            serial=serial,
            parts=(
                extensions.policies(ids.POLICY),
                *self._addresses(issuer),
                extensions.extended_key_usage((purpose, *roles)),
                usage or _signing_usage(family),
                *_key_ids(key, issuer),
                extensions.nca_mark(),
                *extra,
            ),
        )
        self.issued[made.serial] = made
        return made

    def _addresses(self, issuer: Identity) -> tuple[bytes, ...]:
        family = issuer.key.family
        return (
            extensions.authority_information(
                ocsp=f"{self.address}/ocsp/", issuers=f"{self.address}/cert/nca_{family}.cer"
            ),
            extensions.crl_points(f"{self.address}/crl/nca_{family}.crl"),
            extensions.freshest_crl(f"{self.address}/crl/nca_d_{family}.crl"),
        )

    def expired(self, *, days_ago: int = 10, iin: str = "900101300017", family: str = "gost") -> Identity:
        """A person's certificate that ended `days_ago` days before the authority's time."""
        end = self.now - timedelta(days=days_ago)
        return self.individual(iin=iin, family=family, not_before=end - timedelta(days=365), not_after=end)

    def revoked(
        self,
        *,
        at: datetime | None = None,
        reason: int | None = None,
        iin: str = "900101300017",
        family: str = "gost",
    ) -> Identity:
        """A person's certificate that OCSP and CRL call revoked since `at` (default: yesterday)."""
        made = self.individual(iin=iin, family=family)
        self.revoke(made, at=at, reason=reason)
        return made

    def revoke(self, identity: Identity, *, at: datetime | None = None, reason: int | None = None) -> None:
        self.revocations[identity.serial] = Revocation(at or self.now - timedelta(days=1), reason)

    def tsa(self, **knobs: Unpack[ServiceKnobs]) -> Identity:
        """A time-stamping authority. Knobs: see `service`."""
        return self.service("TIME-STAMPING AUTHORITY", ids.TIME_STAMPING, **knobs)

    def ocsp_responder(self, **knobs: Unpack[ServiceKnobs]) -> Identity:
        """A delegated OCSP responder, with the no-check mark. Knobs: see `service`."""
        return self.service("OCSP RESPONDER", ids.OCSP_SIGNING, **knobs)

    def service(
        self,
        common_name: str,
        purpose: str,
        *,
        family: str = "gost",
        issuer: Identity | None = None,
        uses: Sequence[str] | None = None,
        is_critical: bool | None = None,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
    ) -> Identity:
        """A certificate of a time-stamping authority or OCSP responder."""
        issuer = issuer or self.issuer_of(family)
        key = self.new_key(family)
        is_tsa = purpose == ids.TIME_STAMPING
        wanted = extensions.extended_key_usage(
            uses if uses is not None else (purpose,),
            is_critical=is_tsa if is_critical is None else is_critical,
        )
        own = (extensions.policies(ids.POLICY_TSA), *self._addresses(issuer)) if is_tsa else ()
        return issue(
            issuer=issuer,
            key=key,
            subject=name((COMMON_NAME, common_name), (COUNTRY, "KZ"), (ORGANISATION, "KENES TEST")),
            not_before=not_before or self.now - timedelta(days=200),
            not_after=not_after or self.now + timedelta(days=895),
            parts=(
                wanted,
                *own,
                extensions.key_usage(extensions.DIGITAL_SIGNATURE, is_critical=is_tsa),
                *(() if is_tsa else (extensions.ocsp_no_check(),)),
                *_key_ids(key, issuer),
                extensions.nca_mark(),
            ),
        )

    def look_alike(self) -> Authority:
        """Another authority with the same names and other keys."""
        return Authority.make(now=self.now, address=self.address)

    def foreign(self, *, family: str = "ec") -> Identity:
        """A person's certificate of an unknown authority, with an RSA or ECDSA P-256 key."""
        root = self._root(family, "SOME OTHER ROOT")
        return self.individual(family=family, issuer=root)

    def write_anchors(self, folder: Path, *, families: Sequence[str] = ("gost", "rsa", "legacy")) -> None:
        """The roots as `folder`/*.cer and the issuing authorities as `folder`/intermediates/*.cer."""
        below = folder / "intermediates"
        below.mkdir(parents=True, exist_ok=True)
        for family in families:
            issuing = self.issuer_of(family)
            (below / f"nca_{family}.cer").write_bytes(issuing.certificate)
            if issuing.issuer:
                (folder / f"root_{family}.cer").write_bytes(issuing.issuer.certificate)


def _signing_usage(family: str) -> bytes:
    flags = (extensions.DIGITAL_SIGNATURE, extensions.NON_REPUDIATION)
    agreement = (extensions.KEY_AGREEMENT,) if family == "gost" else ()
    return extensions.key_usage(*flags, *agreement)


def _key_ids(key: Key, issuer: Identity) -> tuple[bytes, bytes]:
    own = extensions.key_identifier(key.public_key_info)
    return extensions.subject_key_id(own), extensions.authority_key_id(issuer.key_id)
