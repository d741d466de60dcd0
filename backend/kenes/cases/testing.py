"""Cases for the tests and benchmarks of other apps: a story to submit, borrowers who may, and cases in bulk."""

import random
from copy import deepcopy
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases.api import inputs
from kenes.cases.demo import stories as demo_stories
from kenes.cases.demo.stories import MadePerson
from kenes.cases.models import Case, CaseDeadline, CaseEvent, CaseStory, Obligation, Party, Track
from kenes.cases.search import index as search_index
from kenes.cases.states.case import CaseStatus
from kenes.cases.story import submission
from kenes.cases.story.story import Submission
from kenes.creditors import services as creditor_services
from kenes.creditors.models import Creditor
from kenes.foundation import clock, crypto
from kenes.foundation.testing import Remembered
from kenes.law import services as law_services
from kenes.law.models import DeadlineRule

PHONE: Final = "+77075551841"
IIN: Final = "870419390122"
FORM: Final[dict[str, Any]] = {
    "applicant": {
        "full_name": "Досымов Кайрат Ануарович",
        "iin": IIN,
        "email": "k.dosymov@example.com",
        "address": "г. Алматы, мкр. 8, д. 41, кв. 12",
        "language": "ru",
    },
    "obligations": [
        {
            "creditor_name": "Банк ЦентрКредит",
            "creditor_type": "BANK",
            "contract_number": "4417/КР-2024",
            "contract_date": "2024-05-14",
            "original_amount_tiyn": 240000000,
            "principal_tiyn": 139136000,
            "interest_tiyn": 7387500,
            "penalty_tiyn": 248600,
            "monthly_payment_tiyn": 9208600,
            "rate_percent": 34,
            "term_months": 48,
            "overdue_since": "2026-10-22",
        }
    ],
    "income": {
        "source": "пособие по потере работы",
        "monthly_now_tiyn": 9800000,
        "monthly_before_tiyn": 32000000,
        "avg12_tiyn": 30100000,
        "avg2_tiyn": 12100000,
        "dependents": 2,
    },
    "hardship": {
        "code": "JOB_LOSS",
        "since": "2026-09-30",
        "text": "С 30 сентября сократили, склад закрылся.",
    },
    "relief": {"kinds": ["DEFERRAL", "TERM_EXTENDED"], "defer_months": 6, "new_term_months": 72},
}


def form_data(**changes: Any) -> dict[str, Any]:
    """JSON of a whole form that is right on 2026-11-18; `changes` replace its parts."""
    return deepcopy(FORM) | changes


def form(**changes: Any) -> Submission:
    """The same as plain values."""
    return inputs.submission(inputs.validated(form_data(**changes)))


def _load_reference_data() -> None:
    from kenes.accounts import consents

    law_services.load_reference_data()
    consents.load_texts()
    creditor_services.load_reference_data()
    creditor_services.load_demo_data()


# Rules, calendar, consent texts, banks and the invented lenders with demonstration mailboxes.
load_reference_data: Final = Remembered(_load_reference_data)


def make_borrower(phone: str = PHONE, iin: str = IIN, name: str = "Досымов Кайрат Ануарович") -> User:
    """A borrower with a confirmed phone who has accepted every consent."""
    person = demo_people.ensure_borrower(phone=phone, full_name=name, iin=iin, language="ru")
    demo_people.accept_all_consents(person.pk, "ru")
    return person


@transaction.atomic
def make_case(borrower: User, **changes: Any) -> Case:
    """A submitted case of this borrower, through the services; set the day by `clock.demo_today`."""
    actor = account_selectors.actor_for(borrower)
    draft = submission.create_draft(actor=actor, language="ru")
    told = form_data(**changes)
    applicant = {"full_name": borrower.full_name, "iin": borrower.iin}
    told["applicant"] = {**told["applicant"], **applicant, **changes.get("applicant", {})}
    story = inputs.submission(inputs.validated(told))
    return submission.submit_case(actor=actor, case_id=draft.id, form=story)


@transaction.atomic
def bulk_cases(count: int, seed: int = 7) -> int:
    """Submitted cases straight into the tables, without events: for measuring lists and search at size."""
    creditors = list(Creditor.objects.filter(offered=True).order_by("code"))
    managers: list[UUID | None] = [person.pk for person in account_selectors.active_managers()]
    rule = DeadlineRule.objects.filter(starts_on="DELAY_STARTED", bound="borrower").first()
    if rule is None or not creditors:
        raise LookupError("load the reference data first")
    chance = random.Random(seed)  # noqa: S311
    source = demo_stories.people(seed, first_phone=77010000000 + seed * 10_000_000)
    for start in range(0, count, 1000):
        rows = [
            _bulk_row(
                index,
                next(source),
                chance,
                chance.choice([None, *managers, *managers]),
                chance.sample(creditors, 2),
                rule,
                seed,
            )
            for index in range(start, min(start + 1000, count))
        ]
        tables: tuple[Any, ...] = (User, Case, CaseStory, Party, Obligation, Track, CaseEvent, CaseDeadline)
        for model in tables:
            model.objects.bulk_create([row for made in rows for row in made if type(row) is model])
        search_index.rebuild([row.pk for made in rows for row in made if type(row) is Case])
    return count


def _bulk_row(
    index: int, person: MadePerson, chance: random.Random, manager: UUID | None, creditors: list[Creditor],
    rule: DeadlineRule, seed: int,
) -> list[Any]:  # fmt: skip
    created = clock.now() - timedelta(minutes=index * 17)
    day = created.date()
    told = demo_stories.form_of(person, chance, day, letters=True)
    user = User(
        full_name=person.full_name, phone=person.phone, phone_hash=crypto.lookup_hash(person.phone),
        phone_verified_at=created, iin=person.iin, iin_hash=crypto.lookup_hash(person.iin), language=person.language,
        password="!",  # noqa: S106  (unusable)
    )  # fmt: skip
    statuses = [CaseStatus.TRIAGE, CaseStatus.ACTIVE, CaseStatus.ACTIVE, CaseStatus.AWAITING_BORROWER]
    due = day + timedelta(days=chance.randrange(1, 60))
    case = Case(
        number=f"KH-{2000 + seed}-{index:06d}", status=chance.choice(statuses), borrower=user,
        borrower_name=person.full_name, assignee_id=manager, language=person.language,
        urgency=chance.randrange(1, 5), next_due=due, created_at=created, submitted_at=created, updated_at=created,
        debts_as_of=day,
    )  # fmt: skip
    debts = [
        Obligation(
            case=case, position=place, creditor=creditor, contract_number=debt["contract_number"],
            contract_date=debt["contract_date"], principal_tiyn=debt["principal_tiyn"],
            interest_tiyn=debt["interest_tiyn"], penalty_tiyn=debt["penalty_tiyn"], overdue_since=debt["overdue_since"],
        )
        for place, (debt, creditor) in enumerate(zip(told["obligations"], creditors, strict=False))
    ]  # fmt: skip
    case.total_tiyn = sum(debt.total_tiyn for debt in debts)
    fact = CaseEvent(
        case=case, obligation=debts[0], kind="DELAY_STARTED", on=day, source="borrower", created_at=created
    )
    return [
        user, case, *debts, fact,
        CaseStory(case=case, address=person.address, income=told["income"], assets=[], hardship=told["hardship"], relief=told["relief"]),
        Party(case=case, user=user, role="borrower", added_at=created),
        *[
            Track(case=case, obligation=debt, kind="RESTRUCTURING", state="READY_TO_SIGN", created_at=created, opened_at=created, updated_at=created)
            for debt in debts
        ],
        CaseDeadline(
            case=case, obligation=debts[0], fact=fact, rule=rule, rule_key=rule.key, starts_on=rule.starts_on,
            bound=rule.bound, critical=rule.critical, start=day, due=due, counted_from=day, nominal_last=due,
            created_at=created,
        ),
    ]  # fmt: skip
