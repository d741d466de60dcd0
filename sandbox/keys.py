"""Keys of people and organisations, made when first asked for by the demonstration's certificate authority."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from kzsign.testing import Authority, Identity, Signing, extensions, sign_cms, sign_xml
from kzsign.testing import identifiers as ids
from kzsign.testing.store import KeptAuthority
from sandbox.key_choice import Asked, Choice, Who

DIGEST_BYTES: Final = 64  # Streebog-512
KEY_COMPROMISE: Final = 1
_LOGIN_USAGE: Final = extensions.key_usage(extensions.DIGITAL_SIGNATURE, extensions.KEY_ENCIPHERMENT)


class RefusedToSignError(Exception):
    """The program cannot sign this; the text is its own message."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration; `bin` when he acts for an organisation."""

    name: str
    iin: str
    bin: str = ""
    organisation: str = ""


PEOPLE: Final = (
    Person("Досымов Кайрат Ануарович", "870419390122"),
    Person("Сериков Данияр Маратович", "900101300017"),
    Person("Байжанов Тимур Саматович", "780512300232", "220140918424", "ТОО «МФО «Айқын Қаржы»"),
)
OWNER, OTHER, HEAD = PEOPLE


@dataclass(frozen=True)
class Key:
    """A key as NCALayer sees it: what its certificate says, and for what it may be used."""

    identity: Identity
    usages: frozenset[str]
    person: Person

    @property
    def serial(self) -> str:
        """Hexadecimal, as certificates are shown."""
        return f"{self.identity.serial:040x}"

    @property
    def pem(self) -> str:
        """The certificate."""
        text = base64.encodebytes(self.identity.certificate).decode()
        return f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n"

    def as_key_info(self) -> dict[str, str]:
        """The answer of `getKeyInfo`."""
        issuer = ids.ISSUING_GOST
        parts = [f"CN={_common_name(self.person)}", f"SERIALNUMBER=IIN{self.person.iin}", "C=KZ"]
        if self.person.bin:
            parts += [f"O={self.person.organisation}", f"OU=BIN{self.person.bin}"]
        return {
            "alias": self.identity.key_id.hex(),
            "keyId": self.identity.key_id.hex(),
            "algorithm": "ECGOST3410-2015-512",
            "serialNumber": self.serial,
            "subjectCn": _common_name(self.person),
            "subjectDn": ",".join(parts),
            "issuerCn": issuer,
            "issuerDn": f"CN={issuer},C=KZ",
            "certNotBefore": str(int(self.identity.not_before.timestamp() * 1000)),
            "certNotAfter": str(int(self.identity.not_after.timestamp() * 1000)),
            "authorityKeyIdentifier": self.identity.issuer.key_id.hex() if self.identity.issuer else "",
            "pem": self.pem,
        }


class Keyring:
    """Finds or makes the key that a choice and a wish lead to, and signs with it. Safe to use from several threads."""

    def __init__(self, authority: KeptAuthority) -> None:
        self._authority = authority
        self._look_alike = authority.look_alike()
        self._made: dict[tuple[str, str, Person], Key] = {}
        self._lock = Lock()

    def people(self) -> Sequence[Person]:
        """Those whom a page offers by name."""
        return PEOPLE

    def find(self, choice: Choice, asked: Asked) -> Key | None:
        """The key, or None when the person who may only choose what was asked for has none that fits.

        The wrong keys of the demonstration are given although they do not fit: the product has to notice.
        """
        with self._lock:
            kind, person = _wanted(choice, asked)
            key = self._made.get((choice.who, kind, person))
            # A person whose key was revoked goes and gets a new one.
            if key is None or (
                key.identity.serial in self._authority.revocations and choice.who is not Who.REVOKED
            ):
                key = self._made[choice.who, kind, person] = self._make(choice.who, kind, person)
            return key if choice.who is not Who.ASKED or self._fits(key, asked) else None

    def cms(self, key: Key, content: bytes, *, attached: bool, time_stamp: bool) -> str:
        """An armoured CMS over `content`."""
        stamp = self._authority.tsa_of("gost") if time_stamp else None
        made = sign_cms(content, key.identity, detached=not attached, timestamp=stamp, encoding="pem")
        return made.decode()

    def cms_of_digest(self, key: Key, digest: bytes, *, time_stamp: bool) -> str:
        """An armoured CMS of content whose Streebog-512 digest is given; raises RefusedToSignError."""
        if len(digest) != DIGEST_BYTES:
            raise RefusedToSignError(
                f"java.lang.IllegalArgumentException: digest of {DIGEST_BYTES} bytes expected"
            )
        stamp = self._authority.tsa_of("gost") if time_stamp else None
        case = Signing(key.identity, message_digest=digest, timestamp=stamp)
        return sign_cms(b"", case, detached=True, encoding="pem").decode()

    def xml(self, key: Key, text: str) -> str:
        """The document with an enveloped signature; raises RefusedToSignError."""
        if "<!DOCTYPE" in text:
            raise RefusedToSignError("org.xml.sax.SAXParseException: DOCTYPE is disallowed.")
        try:
            return sign_xml(text, key.identity).decode()
        except (ValueError, SyntaxError) as problem:
            raise RefusedToSignError(f"org.xml.sax.SAXParseException: {problem}") from problem

    def _fits(self, key: Key, asked: Asked) -> bool:
        if asked.usages - key.usages or (
            asked.serial and asked.serial.lower().lstrip("0") != key.serial.lstrip("0")
        ):
            return False
        if not asked.chain:
            # None: the authorities of the program itself, of which the demonstration's is one; empty: any.
            return True
        issuer = key.identity.issuer
        known = {"".join(one.split()) for one in asked.chain}
        return issuer is not None and base64.b64encode(issuer.certificate).decode() in known

    def _make(self, who: Who, kind: str, person: Person) -> Key:
        authority: Authority = self._look_alike if who is Who.LOOK_ALIKE else self._authority
        is_login = kind == "authentication"
        purpose = ids.AUTHENTICATION if is_login else ids.SIGNING
        roles = _roles(kind)
        end = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)
        identity = authority.leaf(
            full_name=_common_name(person),
            iin=person.iin,
            patronymic=_patronymic(person),
            organisation=person.organisation,
            bin=person.bin,
            purpose=purpose,
            roles=roles,
            usage=_LOGIN_USAGE if is_login else None,
            not_before=end - timedelta(days=365) if who is Who.EXPIRED else None,
            not_after=end if who is Who.EXPIRED else None,
        )
        if who is Who.REVOKED:
            authority.revoke(identity, reason=KEY_COMPROMISE)
        return Key(identity, frozenset({purpose, *roles}), person)


def _roles(kind: str) -> tuple[str, ...]:
    if kind in ids.ROLES:
        return ids.ENTITY, ids.ROLES[kind]
    return (ids.ENTITY,) if kind == "system" else (ids.INDIVIDUAL,)


def _wanted(choice: Choice, asked: Asked) -> tuple[str, Person]:
    """Kind of key (a role of an organisation's person, "system", "authentication" or "individual") and whose it is."""
    number = choice.bin or HEAD.bin
    match choice.who:
        case Who.ENTITY:
            return "system", Person("", "", number, _organisation(choice, number))
        case Who.HEAD:
            return "head", _person(choice, choice.iin or asked.iin or HEAD.iin, number)
        case Who.OTHER_PERSON:
            iin = choice.iin or OTHER.iin
            # Never by chance the right one.
            return "individual", _person(choice, HEAD.iin if iin == asked.iin else iin, "")
        case Who.AUTHENTICATION:
            return "authentication", _person(choice, asked.iin or choice.iin or OWNER.iin, "")
    iin = asked.iin or choice.iin or OWNER.iin
    role = next((role for role, oid in ids.ROLES.items() if oid in asked.usages), "")
    if asked.bin or role or ids.ENTITY in asked.usages:
        return role or "head", _person(choice, iin, asked.bin or number)
    kind = "authentication" if ids.AUTHENTICATION in asked.usages else "individual"
    return kind, _person(choice, iin, "")


def _person(choice: Choice, iin: str, number: str) -> Person:
    known = next((one for one in PEOPLE if one.iin == iin), None)
    # A name belongs to the ИИН that was typed with it.
    typed = choice.name if choice.name and choice.iin in ("", iin) else ""
    name = typed or (known.name if known else "Тестов Тест Тестович")
    return Person(name, iin, number, _organisation(choice, number) if number else "")


def _organisation(choice: Choice, number: str) -> str:
    known = next((one.organisation for one in PEOPLE if one.bin == number), "")
    return choice.organisation or known or "ТОО «Тест»"


def _common_name(person: Person) -> str:
    """Surname and first name in capitals; an organisation's program bears its name."""
    return " ".join(person.name.upper().split()[:2]) or person.organisation


def _patronymic(person: Person) -> str:
    return " ".join(person.name.upper().split()[2:])
