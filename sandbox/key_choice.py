"""Which key answers when a page or a service asks for a signature; each browser chooses for itself."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

MAX_NAME: Final = 120
_NUMBER: Final = re.compile(r"[0-9]{12}")


class Who(StrEnum):
    """Whose key signs, or what happens instead of signing."""

    ASKED = "asked"  # the person and the role the page asks for
    OTHER_PERSON = "other_person"
    EXPIRED = "expired"
    REVOKED = "revoked"
    AUTHENTICATION = "authentication"  # the key for logging in, not for documents
    HEAD = "head"  # head of an organisation
    ENTITY = "entity"  # an organisation's program: a BIN and no person
    LOOK_ALIKE = "look_alike"  # a certificate authority that only bears the right names
    CANCEL = "cancel"  # the person closes the window
    OFF = "off"  # the program is not running


class WrongChoiceError(Exception):
    """The choice names no known key or a wrong ИИН, BIN or name; the text is the name of the field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A key as somebody chose it; empty fields mean «as asked»."""

    who: Who = Who.ASKED
    iin: str = ""
    bin: str = ""
    name: str = ""
    organisation: str = ""

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> "Choice":
        """Read a form or a JSON object with `choice`, `iin`, `bin`, `name`, `organisation`; raises WrongChoiceError."""
        who = str(values.get("choice") or Who.ASKED)
        if who not in list(Who):
            raise WrongChoiceError("choice")
        texts = {one: _text(values.get(one)) for one in ("iin", "bin", "name", "organisation")}
        for one in ("iin", "bin"):
            texts[one] = texts[one].replace(" ", "")
            if texts[one] and not _NUMBER.fullmatch(texts[one]):
                raise WrongChoiceError(one)
        for one in ("name", "organisation"):
            if len(texts[one]) > MAX_NAME or not texts[one].isprintable():
                raise WrongChoiceError(one)
        return cls(Who(who), **texts)

    @classmethod
    def from_cookie(cls, text: str | None) -> "Choice":
        """What `as_cookie` made; the ordinary choice for anything else."""
        try:
            values = json.loads(base64.urlsafe_b64decode(text or ""))
            return cls.parse(values)
        except (ValueError, AttributeError, WrongChoiceError):
            return cls()

    def as_cookie(self) -> str:
        """The choice as a cookie keeps it."""
        return base64.urlsafe_b64encode(json.dumps(self.as_json()).encode()).decode()

    def as_json(self) -> dict[str, str]:
        """The choice as scripts get it."""
        values = asdict(self)
        return {"choice": str(values.pop("who")), **values}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page wants of the key: uses and roles, a person, an organisation, a serial number, its authorities."""

    usages: frozenset[str] = frozenset()
    iin: str = ""
    bin: str = ""
    serial: str = ""
    # None: the program's own authorities; empty: any.
    chain: tuple[str, ...] | None = None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
