"""The organisation's seal key: made once at the first start, kept encrypted, renewed before it ends.

Two files in one folder, each replaced atomically and readable by the owner alone:
``seal-authority.pem`` (the small authority that only ever issues seal certificates) and ``seal.pem`` (the key in
use with its certificate). Beside them lie ``anchors/seal-authority.cer``, the authority's certificate
for people and checkers, and ``seal-authority.crl``, its revocation list, written anew every week. Certificates of authorities used before may be put into ``trusted/*.pem``; seals made
under them stay valid. Nothing here knows Django.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

AUTHORITY_FILE: Final = "seal-authority.pem"
SEAL_FILE: Final = "seal.pem"
ANCHOR_FILE: Final = "anchors/seal-authority.cer"
CRL_FILE: Final = "seal-authority.crl"
TRUSTED_FOLDER: Final = "trusted"
_KEY_BITS: Final = 3072
_AUTHORITY_LIFE: Final = timedelta(days=20 * 365)
# RFC 9336. The national authority marks signing keys with e-mail protection, and checkers of its signatures ask for it.
_DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_SEAL_LIFE: Final = timedelta(days=3 * 365)
RENEW_BEFORE: Final = timedelta(days=60)
_CRL_LIFE: Final = timedelta(days=30)
CRL_RENEWED_AFTER: Final = timedelta(days=7)

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class SealKeyError(Exception):
    """The seal key cannot be used: wrong passphrase, damaged file, or a folder that cannot be written."""


@dataclass(frozen=True)
class SealIdentity:
    """A private key with its certificate, the certificate of the authority that issued it, and its revocation list (DER)."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    authority: x509.Certificate
    crl: bytes = b""
    crl_made_at: datetime = _NEVER

    @property
    def subject(self) -> str:
        """The name people see in a PDF viewer."""
        return str(_common_name(self.certificate))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the seal certificate, lower-case hex."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def is_due(self, now: datetime) -> bool:
        """Whether the certificate or the revocation list is to be renewed."""
        return self.ends_before(now + RENEW_BEFORE) or self.crl_made_at + CRL_RENEWED_AFTER <= now

    def ends_before(self, moment: datetime) -> bool:
        return self.certificate.not_valid_after_utc <= moment


def ensure_seal_identity(folder: Path, passphrase: str, organisation: str, *, now: datetime) -> SealIdentity:
    """Give the seal key in use; make it, or renew one that ends within 60 days.

    Any number of processes may call this at the same moment: a lock on the folder lets one of them make the key.
    Raises ``SealKeyError`` when the passphrase is empty or wrong, or a file is damaged.
    """
    if not passphrase:
        raise SealKeyError("the passphrase of the seal key is not set")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = passphrase.encode()
    with _locked(folder):
        authority = _read(folder / AUTHORITY_FILE, secret)
        if authority is None:
            authority = _make_authority(organisation, now)
            _write(folder / AUTHORITY_FILE, authority, secret)
        seal = _read(folder / SEAL_FILE, secret)
        if seal is None or seal[1].not_valid_after_utc <= now + RENEW_BEFORE:
            seal = _issue_seal(organisation, authority, now)
            _write(folder / SEAL_FILE, seal, secret)
        _write_anchor(folder / ANCHOR_FILE, authority[1])
        crl = _kept_crl(folder / CRL_FILE, authority, now)
    return SealIdentity(
        key=seal[0],
        certificate=seal[1],
        authority=authority[1],
        crl=crl.public_bytes(serialization.Encoding.DER),
        crl_made_at=crl.last_update_utc,
    )


def trusted_authorities(folder: Path) -> list[x509.Certificate]:
    """Certificates whose seals count as ours: the present authority and those in ``trusted/``. No passphrase needed."""
    found: list[x509.Certificate] = []
    for path in [folder / AUTHORITY_FILE, *sorted((folder / TRUSTED_FOLDER).glob("*.pem"))]:
        if path.exists():
            found.extend(x509.load_pem_x509_certificates(path.read_bytes()))
    return found


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make_authority(organisation: str, now: datetime) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = _name(organisation, f"{organisation} Seal Authority")
    certificate = (
        _builder(name, name, key.public_key(), now, now + _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _issue_seal(
    organisation: str, authority: tuple[rsa.RSAPrivateKey, x509.Certificate], now: datetime
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    authority_key, authority_certificate = authority
    ends = min(now + _SEAL_LIFE, authority_certificate.not_valid_after_utc)
    certificate = (
        _builder(
            _name(organisation, f"{organisation} Document Seal"),
            authority_certificate.subject,
            key.public_key(),
            now,
            ends,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    return key, certificate


def _write_anchor(path: Path, authority: x509.Certificate) -> None:
    data = authority.public_bytes(serialization.Encoding.DER)
    path.parent.mkdir(mode=0o755, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        _replace(path, data)


def _kept_crl(
    path: Path, authority: tuple[rsa.RSAPrivateKey, x509.Certificate], now: datetime
) -> x509.CertificateRevocationList:
    """The authority's list, written anew when it is a week old. It is empty: a seal that leaks gets a new authority."""
    key, certificate = authority
    if path.exists():
        try:
            known = x509.load_der_x509_crl(path.read_bytes())
            fresh = known.last_update_utc + CRL_RENEWED_AFTER > now >= known.last_update_utc
            if fresh and known.is_signature_valid(key.public_key()):
                return known
        except ValueError:
            pass
    made = (now - timedelta(minutes=5)).astimezone(UTC)
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate.subject)
        .last_update(made)
        .next_update(made + _CRL_LIFE)
        .add_extension(x509.CRLNumber(int(made.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(certificate.public_key()),  # type: ignore[arg-type]
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    _replace(path, crl.public_bytes(serialization.Encoding.DER))
    return crl


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: rsa.RSAPublicKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    # A machine whose clock is a little behind must not see the first seals as made before the certificate.
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before((begins - timedelta(minutes=5)).astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _name(organisation: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _read(path: Path, secret: bytes) -> tuple[rsa.RSAPrivateKey, x509.Certificate] | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        key = serialization.load_pem_private_key(data, password=secret)
        certificate = x509.load_pem_x509_certificate(data)
    except (ValueError, TypeError) as problem:
        raise SealKeyError(f"{path.name} cannot be opened with this passphrase") from problem
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SealKeyError(f"{path.name} does not hold an RSA key")
    return key, certificate


def _write(path: Path, pair: tuple[rsa.RSAPrivateKey, x509.Certificate], secret: bytes) -> None:
    key, certificate = pair
    data = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    _replace(path, data)


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
