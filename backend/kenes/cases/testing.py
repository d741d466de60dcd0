"""Cases for the tests and benchmarks of other apps: a story to submit, borrowers who may, and cases in bulk."""

import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import submission
from kenes.cases.api import inputs
from kenes.cases.models import Case
from kenes.cases.story import Submission
from kenes.creditors import services as creditor_services
from kenes.foundation.values import check_digit
from kenes.law import services as law_services

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
    "hardship": {"code": "JOB_LOSS", "since": "2026-09-30", "text": "С 30 сентября сократили, склад закрылся."},
    "relief": {"kinds": ["DEFERRAL", "TERM_EXTENDED"], "defer_months": 6, "new_term_months": 72},
}


def form_data(**changes: Any) -> dict[str, Any]:
    """JSON of a whole form that is right on 2026-11-18; `changes` replace its parts."""
    return deepcopy(FORM) | changes


def form(**changes: Any) -> Submission:
    """The same as plain values."""
    return inputs.submission(inputs.validated(form_data(**changes)))


def load_reference_data() -> None:
    """Rules, calendar, consent texts, banks and the invented lenders with demonstration mailboxes."""
    from kenes.accounts import consents

    law_services.load_reference_data()
    consents.load_texts()
    creditor_services.load_reference_data()
    creditor_services.load_demo_data()


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


def iins(seed: int = 1) -> Iterator[str]:
    """Arithmetically valid invented ИИН of adults, never the same twice."""
    chance = random.Random(seed)  # noqa: S311  (made people)
    seen = set()
    while True:
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(45 * 365))
        century = (5 if born.year >= 2000 else 3) + chance.randrange(2)
        first = f"{born:%y%m%d}{century}{chance.randrange(10_000):04d}"
        last = check_digit(first)
        if last is not None and first not in seen:
            seen.add(first)
            yield f"{first}{last}"
