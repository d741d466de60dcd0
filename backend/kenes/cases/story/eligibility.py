"""Questionnaires about rights for people: in the language of the reader, filled in from a case, kept on a case."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.eligibility import QuestionnaireNotFound
from kenes.cases.events.eligibility import EligibilityChecked
from kenes.cases.models import Case, CaseStory, EligibilityCheck
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.story import eligibility_rules
from kenes.cases.story.eligibility_rules import UNKNOWN, Facts, Result, data
from kenes.cases.terms import deadlines
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.language.dates import format_date
from kenes.law import reference
from kenes.law import selectors as law

Json = dict[str, Any]
MAX_TIYN: Final = 10**15
EARLIEST: Final = date(1990, 1, 1)
_LOANS: Final = frozenset({"BANK", "MFO", "COLLECTOR"})
_TERM_NAMES: Final = {"no_payment": "no_payment", "repeat": "bankruptcy_repeat"}


def facts_today() -> Facts:
    """The day, its index and the terms of the law in force on it."""
    today = clock.today()
    due = deadlines.term_of(today)
    return Facts(today, law.mci_tiyn(today), lambda name, start: due(_TERM_NAMES[name], start))


def questionnaires(lang: str) -> list[Json]:
    """All questionnaires in force today, for the list of them."""
    found = []
    for row in data()["questionnaires"]:
        edition = eligibility_rules.edition_on(row["code"], clock.today())
        if edition is not None:
            found.append(_head(edition, lang))
    return found


def _head(edition: Json, lang: str) -> Json:
    return {
        "code": edition["code"], "edition": edition["edition"], "track_kind": edition["track_kind"],
        "title": edition["title"][lang], "intro": edition["intro"][lang], "free": edition["free"][lang],
    }  # fmt: skip


def get_edition(code: str) -> Json:
    """The edition in force today. QuestionnaireNotFound."""
    edition = eligibility_rules.edition_on(code, clock.today())
    if edition is None:
        raise QuestionnaireNotFound
    return edition


def questionnaire(code: str, lang: str) -> Json:
    """Questions with why they are asked and when: `ask_when` is told as (question, answer, negated)."""
    edition = get_edition(code)
    return {
        **_head(edition, lang),
        "questions": [_question(name, lang, edition["ask_when"].get(name)) for name in edition["questions"]],
    }


def _question(code: str, lang: str, condition: Json | None) -> Json:
    row = data()["questions"][code]
    negated = condition is not None and "not" in condition
    asked = None if condition is None else (condition["not"] if negated else condition)["is"]
    return {
        "code": code, "kind": row["kind"], "text": row["text"][lang], "why": row["why"][lang],
        "help": row["help"][lang] if "help" in row else "",
        "options": [{"code": one["code"], "label": one["label"][lang]} for one in row.get("options", [])],
        "only_when": None if asked is None else {"question": asked[0], "answer": asked[1], "negated": negated},
    }  # fmt: skip


def checked_answers(edition: Json, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers in their right kinds. FieldErrors (/answers/<code>) for a question that is not asked or a wrong value."""
    errors, told = [], {}
    for code, value in answers.items():
        pointer = f"/answers/{code[:60]}"
        if code not in edition["questions"]:
            errors.append(FieldError(pointer, "unknown_field", _("There is no such question.")))
        elif value is None or value == "":
            continue
        elif not _fits(data()["questions"][code], value):
            errors.append(FieldError(pointer, "invalid", _("This answer does not fit the question.")))
        else:
            told[code] = value
    if errors:
        raise FieldErrors(errors)
    return told


def _fits(question: Json, value: Any) -> bool:
    if value == UNKNOWN:
        return True
    if question["kind"] != "money" and not isinstance(value, str):
        return False
    match question["kind"]:
        case "yes_no":
            return value in {"yes", "no"}
        case "choice":
            return value in {one["code"] for one in question["options"]}
        case "money":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_TIYN
        case _:
            return _is_past_day(value)


def _is_past_day(value: Any) -> bool:
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return EARLIEST <= date.fromisoformat(value) <= clock.today()
    except ValueError:
        return False


def check(code: str, answers: dict[str, Any], lang: str) -> Json:
    """The result of these answers today; nothing is kept."""
    edition = get_edition(code)
    told = checked_answers(edition, answers)
    facts = facts_today()
    return told_result(edition, told, eligibility_rules.decide(edition, told, facts), facts, lang)


def told_result(edition: Json, answers: Json, result: Result, facts: Facts, lang: str) -> Json:
    """A result in words: verdict, reason and source of every rule, what to do next and that it is free."""
    lines = []
    for code, outcome in result.rules:
        rule = data()["rules"][code]
        day = format_date(outcome.day, lang) if outcome.day else ""
        limit = _money(outcome.limit_tiyn) if outcome.limit_tiyn is not None else ""
        reason = rule["reasons"].get(outcome.verdict, rule["reasons"]["perhaps"])[lang]
        lines.append({
            "code": code, "title": rule["title"][lang], "verdict": outcome.verdict,
            "reason": reason.format(day=day, limit=limit), "later_from": outcome.day,
            "sources": [reference.source_of(source, lang) for source in rule["sources"]],
            "needs_review": rule["needs_review"],
        })  # fmt: skip
    return {
        **_head(edition, lang), "verdict": result.verdict, "later_from": result.day, "on": facts.today,
        "mci_tiyn": facts.mci_tiyn, "rules": lines, "next": edition["next"][result.verdict][lang],
        "asked": eligibility_rules.asked(edition, answers, facts),
        "needs_review": any(line["needs_review"] for line in lines),
    }  # fmt: skip


def _money(tiyn: int) -> str:
    return f"{tiyn // 100:,}".replace(",", "\u00a0") + "\u00a0₸"


def _case_of(actor: Actor, case_id: UUID) -> Case:
    case = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.view_content", case)
    return case


def prefilled(*, actor: Actor, case_id: UUID, code: str) -> dict[str, Any]:
    """Answers that the case already gives, for who reads its content."""
    case = _case_of(actor, case_id)
    edition = get_edition(code)
    told = CaseStory.objects.filter(case=case).first()
    if told is None:
        return {}
    known = _known_answers(case, told)
    rows = ((name, data()["questions"][name].get("prefill")) for name in edition["questions"])
    return {name: known[key] for name, key in rows if key is not None and known.get(key) is not None}


def _known_answers(case: Case, told: CaseStory) -> dict[str, Any]:
    debts = list(case.obligations.select_related("creditor"))
    paid = case.facts.filter(kind="LAST_PAYMENT", superseded_at__isnull=True).order_by("-on").first()
    asked_lender = case.facts.filter(
        kind__in=["REFUSED", "APPLICATION_RECEIVED", "NO_REPLY"], superseded_at__isnull=True
    ).exists()
    only_loans = all(debt.creditor.type in _LOANS for debt in debts)
    income = told.income
    return {
        "targeted_social_aid": "yes" if income.get("targeted_social_aid") else None,
        "avg12_tiyn": income.get("avg12_tiyn") or income.get("monthly_before_tiyn"),
        "avg2_tiyn": income.get("avg2_tiyn") if income.get("avg2_tiyn") is not None else income.get("monthly_now_tiyn"),
        "debt_total": sum(debt.total_tiyn for debt in debts),
        "debt_kinds": "loans" if only_loans and debts else None,
        "last_payment": paid.on.isoformat() if paid else None,
        "property": "yes" if told.assets else None,
        "property_value": sum(asset["value_tiyn"] for asset in told.assets) or None,
        "settlement": "yes" if asked_lender else None,
    }  # fmt: skip


@transaction.atomic
def keep(*, actor: Actor, case_id: UUID, code: str, answers: dict[str, Any], lang: str) -> Json:
    """Check and keep answers and result on the case; earlier ones stay as history. The event names no answer.

    Raises CaseNotFound, Forbidden, CaseTransitionNotAllowed, QuestionnaireNotFound, FieldErrors.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.check_eligibility", case)
    acting = permissions.acting(actor, case)
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="check_eligibility", current_status=case.status)
    edition = get_edition(code)
    told = checked_answers(edition, answers)
    facts = facts_today()
    result = eligibility_rules.decide(edition, told, facts)
    person = account_selectors.get_person(actor.user_id) if actor.user_id else None
    row = EligibilityCheck.objects.create(
        case=case, questionnaire=code, edition=edition["edition"], on=facts.today, verdict=result.verdict,
        answers=told, answered_by=person, created_at=clock.now(), result=_kept(result),
    )  # fmt: skip
    event_log.record(
        EligibilityChecked(
            case_id=case.pk,
            check_id=row.pk,
            questionnaire=code,
            edition=edition["edition"],
            verdict=result.verdict,
        ),
        actor=acting,
    )
    return {**told_result(edition, told, result, facts, lang), "id": row.pk, "answers": told}


def _kept(result: Result) -> Json:
    return {
        "later_from": result.day.isoformat() if result.day else None,
        "rules": [
            {"code": code, "verdict": one.verdict, "day": one.day.isoformat() if one.day else None}
            for code, one in result.rules
        ],
    }


def history(*, actor: Actor, case_id: UUID, lang: str) -> list[Json]:
    """Kept checks of a case, newest first, for who reads its content."""
    case = _case_of(actor, case_id)
    rows = EligibilityCheck.objects.filter(case=case).select_related("answered_by").order_by("-created_at")
    staff = permissions.allowed(actor, "case.view_internal", case)
    return [_kept_line(row, case, lang, staff=staff) for row in rows[:50]]


def _kept_line(row: EligibilityCheck, case: Case, lang: str, *, staff: bool) -> Json:
    edition = eligibility_rules.edition_on(row.questionnaire, row.on)
    by_borrower = row.answered_by_id == case.borrower_id
    name = row.answered_by.full_name if row.answered_by and staff and not by_borrower else ""
    return {
        "id": row.pk, "code": row.questionnaire, "edition": row.edition,
        "title": edition["title"][lang] if edition else row.questionnaire,
        "track_kind": edition["track_kind"] if edition else "", "verdict": row.verdict, "on": row.on,
        "later_from": row.result["later_from"], "answers": row.answers, "by_borrower": by_borrower,
        "by": name, "at": row.created_at,
    }  # fmt: skip
