"""The name of a lender as a Russian and as a Kazakh letter writes it.

Registry banks bring both names; a lender typed by a borrower has one, from which the other is made by moving the
legal form: «АО «Банк ЦентрКредит»» ↔ ««Банк ЦентрКредит» АҚ».
"""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = {"АО": "АҚ", "ТОО": "ЖШС", "ДБ АО": "АҚ ЕБ", "КТ": "КС", "ПТ": "ТС"}
_KINDS: Final = {"МФО": "МҚҰ", "КА": "КА"}
_RUSSIAN_FORM: Final = re.compile(r"^(ДБ АО|АО|ТОО|КТ|ПТ)\s+(.+)$", re.DOTALL)
_KAZAKH_FORM: Final = re.compile(r"^(.+?)\s+(АҚ ЕБ|АҚ|ЖШС|КС|ТС)$", re.DOTALL)
_RUSSIAN_KIND: Final = re.compile(r"^«?(МФО|КА)\s+«(.+?)»*$", re.DOTALL)
_KAZAKH_KIND: Final = re.compile(r"^«+(.+?)»\s+(МҚҰ|КА)»?$", re.DOTALL)


def _spaces(name: str) -> str:
    return " ".join(name.split())


def _closed(body: str) -> str:
    """Every mark that is opened is closed, all of one shape, as registers write them: ««Көмек» МҚҰ»."""
    lacking = body.count("»") - body.count("«")
    return "«" * max(lacking, 0) + body + "»" * max(-lacking, 0)


def _flat(body: str) -> str:
    """The same marks as Russian registers write them: one shape, closed once at the end."""
    return re.sub("»{2,}$", "»", body.replace("„", "«").replace("“", "»"))


def kazakh_name(name: str) -> str:
    """«ТОО «МФО «Айқын Қаржы»» → ««Айқын Қаржы» МҚҰ» ЖШС»; a name without a known legal form is left alone.

    A Kazakh name keeps its words; only marks that do not match are put right.
    """
    name = _spaces(name)
    kazakh = _KAZAKH_FORM.match(name)
    if kazakh is not None:
        return f"{_closed(_flat(kazakh.group(1)))} {kazakh.group(2)}"
    match = _RUSSIAN_FORM.match(name)
    if match is None:
        return name
    form, body = match.groups()
    kind = _RUSSIAN_KIND.match(body)
    if kind is not None:
        body = f"««{kind.group(2)}» {_KINDS[kind.group(1)]}»"
    return f"{_closed(body)} {_FORMS[form]}"


def russian_name(name: str) -> str:
    """««Айқын Қаржы» МҚҰ» ЖШС» → «ТОО «МФО «Айқын Қаржы»»; a name without a known legal form is left alone."""
    name = _spaces(name)
    match = _KAZAKH_FORM.match(name)
    if match is None:
        return name
    body, form = _flat(match.group(1)), match.group(2)
    kind = _KAZAKH_KIND.match(body)
    if kind is not None:
        russian_kind = next(ru for ru, kk in _KINDS.items() if kk == kind.group(2))
        body = f"«{russian_kind} «{kind.group(1)}»"
    russian_form = next(ru for ru, kk in _FORMS.items() if kk == form)
    return f"{russian_form} {body}"
