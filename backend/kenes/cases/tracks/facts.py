"""Kinds of dated facts, and which debts a fact is about. Pure, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from kenes.creditors import names

# What a borrower or manager may record. Codes are those of the rules' starting events.
KINDS: Final[dict[str, object]] = {
    "DELAY_STARTED": _("Delay began"),
    "APPLICATION_RECEIVED": _("Creditor received the application"),
    "REFUSED": _("Creditor refused"),
    "NO_REPLY": _("Creditor did not answer"),
    "OFFER_RECEIVED": _("Creditor made an offer"),
    "AGREED": _("Agreed with the creditor"),
    "OMBUDSMAN_ACCEPTED": _("Ombudsman accepted the appeal"),
    "OMBUDSMAN_DECIDED": _("Ombudsman decided"),
    "COMPLAINT_REGISTERED": _("Regulator registered the complaint"),
    "COMPLAINT_ANSWERED": _("Complaint was answered"),
    "VULNERABLE_DEFERRAL_DECIDED": _("Deferral for a vulnerable borrower was decided"),
    "INSCRIPTION_MADE": _("Notary made an executive inscription"),
    "INSCRIPTION_RECEIVED": _("Copy of the inscription received"),
    "OBJECTION_RECEIVED": _("Notary received the objection"),
    "INSCRIPTION_CANCELLED": _("Inscription was cancelled by the notary"),
    "OBJECTION_REJECTED": _("Objection to the inscription was rejected"),
    "ASSIGNMENT": _("Debt was assigned to another holder"),
    "COLLECTOR_CONTACT": _("Contact by a collector"),
    "COURT_DATE": _("Court hearing"),
    "PROPERTY_ARREST": _("Property or account arrested"),
    "LAST_PAYMENT": _("Last payment"),
    "PAYMENT_DUE": _("Payment fell due"),
    "PAYMENT_MISSED": _("A payment by the new schedule was missed"),
    "SOCIAL_AID_GRANTED": _("Targeted social aid granted"),
    "PREVIOUS_BANKRUPTCY": _("Earlier bankruptcy procedure ended"),
    "BANKRUPTCY_APPLIED": _("Bankruptcy application filed"),
    "BANKRUPTCY_RETURNED": _("Bankruptcy application was returned"),
    "BANKRUPTCY_REFUSED": _("Bankruptcy application was refused"),
    "BANKRUPTCY_STARTED": _("Bankruptcy procedure started"),
    "BANKRUPTCY_PUBLISHED": _("Bankruptcy published"),
    "BANKRUPTCY_COMPLETED": _("Bankruptcy completed"),
    "COURT_APPLIED": _("Application filed to the court"),
    "RESTORATION_DECIDED": _("Court decided on restoration of solvency"),
    "MEDIATION_CONTRACT": _("Agreement to mediate signed"),
    "MEDIATION_AGREED": _("Settlement agreement signed"),
    "MEDIATION_ENDED": _("Mediation ended without an agreement"),
    "COURT_MEDIATION_MOTION": _("Motion for mediation in court"),
}
KIND_CODES: Final = tuple(KINDS)
# Facts of the person, not of one contract.
CASE_WIDE: Final = frozenset(
    {
        "LAST_PAYMENT",
        "SOCIAL_AID_GRANTED",
        "PREVIOUS_BANKRUPTCY",
        "BANKRUPTCY_APPLIED",
        "BANKRUPTCY_RETURNED",
        "BANKRUPTCY_REFUSED",
        "BANKRUPTCY_STARTED",
        "BANKRUPTCY_PUBLISHED",
        "BANKRUPTCY_COMPLETED",
        "COURT_APPLIED",
        "RESTORATION_DECIDED",
    }
)
# A hearing is usually ahead; everything else has happened.
MAY_BE_AHEAD: Final = frozenset({"COURT_DATE", "PAYMENT_DUE"})
# Of these only one holds per debt: better proof replaces what was assumed before.
SINGLE: Final = frozenset({"DELAY_STARTED", "APPLICATION_RECEIVED", "LAST_PAYMENT", "INSCRIPTION_RECEIVED"})
# After these a case whose payments were only watched is worked on again.
WAKES: Final = frozenset(
    {
        "DELAY_STARTED", "PAYMENT_MISSED", "REFUSED", "INSCRIPTION_MADE", "INSCRIPTION_RECEIVED", "ASSIGNMENT",
        "COLLECTOR_CONTACT", "COURT_DATE", "PROPERTY_ARREST",
    }
)  # fmt: skip
_ABOUT_NEW_HOLDER: Final = frozenset({"ASSIGNMENT", "COLLECTOR_CONTACT"})
_NEW_HOLDERS: Final = frozenset({"COLLECTOR", "SERVICER"})
# Beginnings of words that name a kind of creditor, folded as `names.fold` does.
_TYPE_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "BANK": ("банк", "bank"),
    "MFO": ("мфо", "мку", "микро", "mfo", "micro"),
    "COLLECTOR": ("коллектор", "агентств", "агентт", "collect"),
    "PAWNSHOP": ("ломбард", "pawn"),
    "CREDIT_PARTNERSHIP": ("кредитное товариществ", "кредиттік серікт", "credit partnership"),
}
# Words of names that do not tell one lender from another.
_COMMON: Final = frozenset(
    {"bank", "banki", "kazahstan", "kazahstana", "kazakstan", "kredit", "credit", "city"}
)


@dataclass(frozen=True, slots=True)
class Debt:
    """What is needed of a debt to match facts to it. `creditor_keys`: spellings as `names.latin_key` gives them."""

    creditor_type: str
    creditor_keys: tuple[str, ...]
    contract_number: str
    overdue_since: date | None


def debts_of(kind: str, text: str, given: int | None, debts: Sequence[Debt]) -> tuple[int, ...]:
    """Indexes of the debts a fact is about; empty means the whole case.

    In this order: the debt that was named by index; none for facts of the person; the only debt; the new holder for an
    assignment or a collector's contact; the debt whose contract or creditor the text names; the debts of that kind of
    creditor; all that are in delay.
    """
    if given is not None:
        return (given,)
    if kind in CASE_WIDE:
        return ()
    everything = tuple(range(len(debts)))
    if len(debts) <= 1:
        return everything
    if kind in _ABOUT_NEW_HOLDER:
        held = tuple(i for i in everything if debts[i].creditor_type in _NEW_HOLDERS)
        if held:
            return held
    named = _named(text, debts) or _of_named_type(text, debts)
    if named:
        return named
    return tuple(i for i in everything if debts[i].overdue_since is not None) or everything


def _named(text: str, debts: Sequence[Debt]) -> tuple[int, ...]:
    words = names.to_latin(names.fold(text)).split()
    found = []
    for index, debt in enumerate(debts):
        contract = debt.contract_number.casefold()
        if (contract and contract in text.casefold()) or any(_says(words, key) for key in debt.creditor_keys):
            found.append(index)
    return tuple(found)


def _says(words: Sequence[str], key: str) -> bool:
    """Whether all telling words of a name stand in the text, in whatever case («Нурбанка»)."""
    own = set(key.split()) - _COMMON
    return bool(own) and all(
        any(word == part or (len(part) >= 4 and word.startswith(part)) for word in words) for part in own
    )


def _of_named_type(text: str, debts: Sequence[Debt]) -> tuple[int, ...]:
    words = names.fold(text).split()
    types = {
        code
        for code, beginnings in _TYPE_WORDS.items()
        if any(word.startswith(names.fold(start)) for word in words for start in beginnings)
    }
    return tuple(i for i, debt in enumerate(debts) if debt.creditor_type in types)
