"""From rows to JSON values, in the reader's language, masked where the reader sees a case from outside."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language

from kenes.accounts.models import User
from kenes.cases import card, permissions
from kenes.cases.api import intake_serializers, track_serializers
from kenes.cases.lists.listing import Row
from kenes.cases.models import (
    Case,
    CaseDeadline,
    CaseEvent,
    CaseStory,
    FactSource,
    Obligation,
    Outcome,
    Track,
)
from kenes.cases.states import own_words
from kenes.cases.states.case import FINAL
from kenes.cases.story.story import Income
from kenes.cases.tracks import escalation, now
from kenes.cases.tracks.facts import KINDS
from kenes.creditors import selectors as creditor_selectors
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.language.names import initials
from kenes.foundation.values import Iin, PhoneNumber
from kenes.law import reference
from kenes.law import selectors as law

Json = dict[str, Any]
# The least urgent: how pressing a case is follows from all its debts.
URGENCY_UNKNOWN: Final = 4


def row(shown: Row, lang: str) -> Json:
    """One line of a list."""
    case = shown.case
    return {
        **_head(case, shown.tracks, shown.next_deadline, masked=shown.masked, own=shown.own),
        "missed_deadline": _shown_deadline(shown.missed_deadline),
        "creditors": [] if shown.metadata_only else [creditor.name(lang) for creditor in shown.creditors],
        **({"borrower_name": "", "masked_iin": None, "total_tiyn": None} if shown.metadata_only else {}),
        **(_sent_head(case, shown.total_tiyn) if shown.sent_only else {}),
    }


def _sent_head(case: Case, total_tiyn: int) -> Json:
    """What people of a creditor see in place of what concerns all the debts, or the work of the platform."""
    return {
        "total_tiyn": total_tiyn,
        "urgency": URGENCY_UNKNOWN,
        "assignee": None,
        "updated_at": min(case.reader_debts.values()),
    }


def _head(
    case: Case, tracks: Sequence[Track], nearest: CaseDeadline | None, *, masked: bool, own: bool
) -> Json:
    return {
        "id": case.id,
        "number": case.number,
        "status": case.status,
        "status_label": own_words.case_label(case.status, own=own),
        "source": case.source,
        "headline": card.headline(case, tracks, own=own),
        "urgency": case.urgency,
        "borrower_name": initials(case.borrower_name)
        if masked and case.borrower_name
        else case.borrower_name,
        "masked_iin": _masked_iin(case.borrower),
        "total_tiyn": case.total_tiyn,
        "next_deadline": _shown_deadline(nearest),
        "assignee": _person(case.assignee),
        "created_at": case.created_at,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
    }


def _masked_iin(person: User) -> str | None:
    return Iin(person.iin).masked() if person.iin else None


def _person(person: User | None) -> Json | None:
    return None if person is None else {"id": person.pk, "full_name": person.full_name}


def _shown_deadline(deadline: CaseDeadline | None) -> Json | None:
    if deadline is None:
        return None
    return {
        "title": deadline.rule.title(language()),
        "due": deadline.due,
        "days_left": (deadline.due - clock.today()).days,
        "critical": deadline.critical,
    }


def language() -> str:
    """Language of this request: ru, kk or en."""
    code = (get_language() or "ru")[:2]
    return code if code in {"ru", "kk", "en"} else "ru"


def detail(case: Case, actor: Actor) -> Json:
    """The page of a case loaded by `selectors.get_case_with_everything`."""
    lang, today = language(), clock.today()
    sent_only = permissions.sees_sent_only(actor, case)
    masked = not permissions.allowed(actor, "case.view_content", case)
    obligations = permissions.shown_debts(actor, case, case.obligations.all())
    tracks = permissions.shown_tracks(actor, case, case.tracks.all())
    deadlines = permissions.shown_deadlines(actor, case, case.deadlines.all())
    watched = [] if case.status in FINAL else deadlines
    nearest = next((d for d in watched if _counts(d, today)), None)
    told: CaseStory | None = getattr(case, "story", None)
    own_side = permissions.sees_as_borrower(actor, case)
    page = {
        **_head(
            case, tracks, nearest, masked=masked and not sent_only, own=permissions.is_borrower(actor, case)
        ),
        "missed_deadline": _shown_deadline(_last_missed(watched, today)),
        "creditors": [debt.creditor.name(lang) for debt in obligations],
        "language": case.language,
        "applicant": _applicant(case, told, masked=masked, named=sent_only),
        "obligations": _obligations(obligations, lang, masked=masked),
        **_story(None if sent_only else told, masked=masked),
        "events": [] if sent_only else _facts(list(case.facts.all()), masked=masked),
        "tracks": _tracks(actor, case, tracks, deadlines),
        "deadlines": [deadline_json(deadline, today, lang, named=not own_side) for deadline in deadlines],
        "now": [] if sent_only else _now(actor, case, tracks, deadlines, today, lang),
        "outcome": case.outcome or None,
        "outcome_label": Outcome(case.outcome).label if case.outcome else None,
        "resume_on": case.resume_on,
        "papers": [] if masked else intake_serializers.papers(list(case.missing_papers.all())),
        "closing": intake_serializers.closing(case),
        "masked": masked,
        "view": "sent" if sent_only else "masked" if masked else "whole",
        "on_behalf_of_borrower": permissions.acting(actor, case).on_behalf_of == case.borrower_id,
        "allowed_actions": permissions.allowed_actions(actor, case),
        "version": case.version,
    }
    return {**page, **_sent_page(case, obligations, page["tracks"])} if sent_only else page


def _sent_page(case: Case, obligations: Sequence[Obligation], tracks: list[Json]) -> Json:
    return {
        **_sent_head(case, sum(debt.total_tiyn for debt in obligations)),
        "tracks": [{**track, "reasons": [], "escalated_from": None} for track in tracks],
        "outcome": None,
        "outcome_label": None,
        "resume_on": None,
        "closing": "open",
        # It grows with everything that happens in the case; who may change nothing needs none.
        "version": 0,
    }


def _counts(deadline: CaseDeadline, today: date) -> bool:
    return deadline.met_on is None and deadline.watched and deadline.due >= today


def _last_missed(deadlines: Sequence[CaseDeadline], today: date) -> CaseDeadline | None:
    missed = [
        deadline
        for deadline in deadlines
        if deadline.bound == "borrower"
        and deadline.watched
        and deadline.met_on is None
        and deadline.due < today
    ]
    return max(missed, key=lambda deadline: (deadline.due, deadline.critical), default=None)


def _applicant(case: Case, told: CaseStory | None, *, masked: bool, named: bool) -> Json:
    person, name = case.borrower, case.borrower_name or case.borrower.full_name
    return {
        "full_name": initials(name) if masked and not named and name else name,
        # A guarantor is told the name; numbers of the borrower are not his business, masked or not.
        "masked_iin": None if case.reader_ties and named else _masked_iin(person),
        "masked_phone": None
        if (case.reader_ties and named) or not person.phone
        else PhoneNumber(person.phone).masked(),
        "email": None if masked or told is None else told.email or None,
        "address": None if masked or told is None else told.address or None,
    }


def _obligations(obligations: list[Obligation], lang: str, *, masked: bool) -> list[Json]:
    reachable = creditor_selectors.with_confirmed_address({debt.creditor_id for debt in obligations})
    plain = (
        "id", "contract_number", "contract_date", "original_amount_tiyn", "principal_tiyn", "interest_tiyn",
        "penalty_tiyn", "total_tiyn", "monthly_payment_tiyn", "rate_percent", "term_months", "overdue_since",
        "overdue_since_source",
    )  # fmt: skip
    return [
        {
            **{name: getattr(debt, name) for name in plain},
            "index": debt.position,
            "collateral": None if masked else debt.collateral or None,
            "creditor": {
                "id": debt.creditor_id,
                "name": debt.creditor.name(lang),
                "type": debt.creditor.type,
                "verified": debt.creditor.is_verified,
                "has_confirmed_address": debt.creditor_id in reachable,
            },
        }
        for debt in obligations
    ]


def _story(told: CaseStory | None, *, masked: bool) -> Json:
    if told is None or masked:
        return {
            "income": None,
            "assets": [],
            "hardship": None,
            "relief": None if told is None else {**told.relief, "comment": None},
        }
    income = {**told.income, "drop_percent": Income(**told.income).drop_percent}
    return {"income": income, "assets": told.assets, "hardship": told.hardship, "relief": told.relief}


def _facts(facts: list[CaseEvent], *, masked: bool) -> list[Json]:
    """Facts by day; one told about several debts is one line. The delay itself stands with the debt."""
    lines: dict[tuple[str, date, str], Json] = {}
    for fact in facts:
        if fact.kind == "DELAY_STARTED" and fact.recorded_by_id is not None and not fact.text:
            continue
        line = lines.setdefault(
            (fact.kind, fact.on, fact.text),
            {
                "id": fact.id,
                "kind": fact.kind,
                "kind_label": str(KINDS.get(fact.kind, fact.kind)),
                "date": fact.on,
                "text": "" if masked else fact.text,
                "source": fact.source,
                "source_label": FactSource(fact.source).label,
                "obligation_ids": [],
            },
        )
        if fact.obligation_id is not None:
            line["obligation_ids"].append(fact.obligation_id)
    for line in lines.values():
        ids = line["obligation_ids"]
        line["obligation_id"] = ids[0] if len(ids) == 1 else None
    return list(lines.values())


def _tracks(actor: Actor, case: Case, tracks: Sequence[Track], deadlines: list[CaseDeadline]) -> list[Json]:
    """Procedures with their steps; what may follow is for the borrower and for who works on the case."""
    facts = list(case.facts.all())
    lenders = {debt.pk: debt.creditor.type for debt in case.obligations.all()}
    chooses = permissions.acts_as_borrower(actor, case) or permissions.allowed(actor, "case.open_track", case)
    return [
        track_serializers.track(
            actor,
            case,
            track,
            escalation.offers(case, track, tracks, facts, lenders) if chooses else [],
            deadlines,
        )
        for track in tracks
    ]


def deadline_json(deadline: CaseDeadline, today: date, lang: str, *, named: bool = False) -> Json:
    """`named` for a reader who is not on the side of the borrower: «Заёмщик» where he himself reads «Вы»."""
    rule = deadline.rule
    return {
        "id": deadline.id,
        "rule": deadline.rule_key,
        "title": rule.title(lang),
        "obligation_id": deadline.obligation_id,
        "start": deadline.start,
        "due": deadline.due,
        "days_left": (deadline.due - today).days,
        "status": card.deadline_status(deadline, today),
        "direction": deadline.direction,
        "bound": deadline.bound,
        "bound_label": reference.bound_named(rule.bound, lang) if named else law.bound_label(rule, lang),
        "explanation": card.explanation(deadline, lang),
        "source": law.sources(rule, lang),
        "needs_review": rule.needs_review,
        "critical": deadline.critical,
        "met_on": deadline.met_on,
    }


def _now(
    actor: Actor, case: Case, tracks: list[Track], deadlines: list[CaseDeadline], today: date, lang: str
) -> list[Json]:
    for_another = permissions.sees_as_borrower(actor, case) or permissions.is_specialist(actor, case)
    signs = permissions.is_borrower(actor, case) or not for_another
    shown = now.cards(case, tracks, deadlines, today, lang)
    return [
        _now_card(case, one if signs or one.action != "sign" else now.signed_by_borrower(one))
        for one in shown
    ]


def _now_card(case: Case, shown: now.NowCard) -> Json:
    action = {
        "kind": shown.action, "document_id": shown.document_id, "offer_id": shown.offer_id, "case_id": case.id,
        "draft_id": shown.draft_id,
    }  # fmt: skip
    return {
        "title": shown.title, "text": shown.text, "action": action, "is_yours": shown.is_yours, "track_id": shown.track_id,
    }  # fmt: skip


def managers(people: Sequence[User]) -> Json:
    """People a case can be given to."""
    return {"items": [_person(person) for person in people]}
