"""What a consent lets the service do, and what ends when it is taken back: shown beside each consent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors
from kenes.accounts.models import Consent, ConsentKind


@dataclass(frozen=True, slots=True)
class Effect:
    """Both sides of a consent in words."""

    allows: Promise
    ends: Promise


EFFECTS: Final[dict[str, Effect]] = {
    ConsentKind.PERSONAL_DATA: Effect(
        allows=_("We may keep and use what you tell us to prepare your letters and watch your terms."),
        ends=_(
            "You cannot start or submit new cases. Cases already submitted are kept as long as the law makes us keep "
            "them; to have your data erased, make a request for erasure."
        ),
    ),
    ConsentKind.CREDITOR_TRANSFER: Effect(
        allows=_("We may send your letters, with the data in them, to the creditor that you chose."),
        ends=_(
            "Nothing more is sent to creditors: letters that are waiting stop until you give this consent again. "
            "Letters already sent cannot be called back."
        ),
    ),
    ConsentKind.SMS_AGREEMENT: Effect(
        allows=_("You may sign letters by a code from an SMS instead of a signature on paper."),
        ends=_("You cannot sign by SMS any more. Letters already signed stay signed."),
    ),
}


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """One consent of a person, in the language of the reader."""

    kind: str
    kind_label: Promise | str
    version: int
    title: str
    accepted_at: datetime
    withdrawn_at: datetime | None
    is_current: bool
    effect: Effect
    allowed_actions: list[str]


def items(person_id: UUID, language: str) -> list[ConsentShown]:
    """The latest acceptance of every kind the person ever gave, by kind. Three queries."""
    versions = {text.kind: text.version for text in selectors.current_texts(language)}
    latest: dict[str, Consent] = {}
    given = Consent.objects.filter(person_id=person_id).select_related("text")
    for consent in given.order_by("accepted_at", "pk"):
        latest[consent.kind] = consent
    titles = selectors.text_titles(language)
    return [_shown(latest[kind], versions.get(kind), titles) for kind in sorted(latest)]


def _shown(consent: Consent, newest: int | None, titles: dict[tuple[str, int], str]) -> ConsentShown:
    given = consent.withdrawn_at is None
    is_current = given and consent.version == newest
    return ConsentShown(
        kind=consent.kind,
        kind_label=ConsentKind(consent.kind).label,
        version=consent.version,
        title=titles.get((consent.kind, consent.version), consent.text.title),
        accepted_at=consent.accepted_at,
        withdrawn_at=consent.withdrawn_at,
        is_current=is_current,
        effect=EFFECTS[consent.kind],
        allowed_actions=[*(["withdraw"] if given else []), *([] if is_current else ["accept"])],
    )
