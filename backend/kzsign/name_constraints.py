"""Name constraints of authorities (RFC 5280, 4.2.1.10)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kzsign.certificates import Certificate
from kzsign.extensions import Extensions, GeneralName

_EMAIL: Final = 1
_HOST: Final = 2
_DIRECTORY: Final = 4
_COMPARED: Final = frozenset({_EMAIL, _HOST, _DIRECTORY})
_EMAIL_ATTRIBUTE: Final = "1.2.840.113549.1.9.1"


def allow(issuer: Extensions, below: tuple[Certificate, ...]) -> bool:
    """Whether every certificate below the issuer keeps its constraints. Kinds not compared here are refused."""
    if not issuer.permitted and not issuer.excluded:
        return True
    for position, certificate in enumerate(below):
        if position and certificate.is_self_issued:
            continue
        if not all(_keeps(issuer, name) for name in _names(certificate)):
            return False
    return True


def _names(certificate: Certificate) -> Iterable[GeneralName]:
    if certificate.subject.attributes:
        yield GeneralName(_DIRECTORY, name=certificate.subject)
    for address in certificate.subject.values(_EMAIL_ATTRIBUTE):
        yield GeneralName(_EMAIL, text=address)
    yield from certificate.extensions.alternative


def _keeps(issuer: Extensions, name: GeneralName) -> bool:
    permitted = [tree for tree in issuer.permitted if tree.kind == name.kind]
    excluded = [tree for tree in issuer.excluded if tree.kind == name.kind]
    if not permitted and not excluded:
        return True
    if name.kind not in _COMPARED:
        return False
    if any(_is_within(name, tree) for tree in excluded):
        return False
    return not permitted or any(_is_within(name, tree) for tree in permitted)


def _is_within(name: GeneralName, tree: GeneralName) -> bool:
    if name.kind == _DIRECTORY:
        if name.name is None or tree.name is None:
            return False
        return name.name.normal[: len(tree.name.normal)] == tree.name.normal
    text, base = name.text.casefold(), tree.text.casefold()
    if name.kind == _HOST:
        return not base or text == base or text.endswith("." + base.lstrip("."))
    if "@" in base:
        return text == base
    host = text.rpartition("@")[2]
    return host.endswith(base) if base.startswith(".") else host == base
