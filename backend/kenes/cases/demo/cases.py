"""Demonstration cases in mixed states, made through the services as people would make them."""

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db import transaction

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, User
from kenes.cases import services
from kenes.cases.api import inputs
from kenes.cases.collaboration import comments
from kenes.cases.demo import stories as demo_stories
from kenes.cases.demo.stories import MadePerson
from kenes.cases.models import Case
from kenes.cases.states.case import CaseStatus
from kenes.cases.story import submission
from kenes.foundation import clock
from kenes.foundation.actor import Actor

SEED: Final = 20261125
CASES_PER_PERSON: Final = 3
# The first person of the demonstration has an offer of a lender to answer, a case led by hand and one that ended.
FIRST_STORIES: Final = (("letters", 59, 56), ("active", 20, 49), ("closed", 50, 36))
# Of a hundred cases: how many end in which state. Letters are few, so that a first start does not convert hundreds.
MIX: Final = (
    ("letters", 14), ("triage", 34), ("assigned", 16), ("awaiting", 8), ("active", 12), ("suspended", 4),
    ("closed", 7), ("cancelled", 3), ("declined", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works on the demonstration cases."""

    managers: tuple[Actor, ...]
    supervisor: Actor


def load_demo_cases(count: int) -> int:
    """Make the demonstration cases that are not there yet; returns how many were made. Safe to repeat after a crash."""
    staff = _staff()
    chance = random.Random(SEED)  # noqa: S311  (made stories)
    fates = [fate for fate, share in MIX for _ in range(share)]
    made = 0
    for place, (person, planned) in enumerate(_people(count)):
        wishes = [
            (chance.choice(fates), chance.randrange(1, 59), chance.randrange(2**32)) for _ in range(planned)
        ]
        if place == 0:
            person, wishes = _first(person), list(FIRST_STORIES[:planned])
        made += _cases_of(person, wishes, staff)
    return made


def _people(count: int) -> list[tuple[MadePerson, int]]:
    source = demo_stories.people(SEED)
    planned = []
    while count > 0:
        planned.append((next(source), min(CASES_PER_PERSON, count)))
        count -= CASES_PER_PERSON
    return planned


def _first(person: MadePerson) -> MadePerson:
    """The borrower whose login the demonstration prints, with the address of a made person."""
    return replace(
        person, full_name=demo_people.BORROWER_NAME, iin=demo_people.BORROWER_IIN, phone=demo_people.BORROWER_PHONE,
        language="ru",
    )  # fmt: skip


def _staff() -> Staff:
    managers = tuple(account_selectors.actor_for(person) for person in account_selectors.active_managers())
    supervisor = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if not managers or supervisor is None:
        raise LookupError("demonstration people come before demonstration cases")
    return Staff(managers, account_selectors.actor_for(supervisor))


def _cases_of(person: MadePerson, wishes: list[tuple[str, int, int]], staff: Staff) -> int:
    borrower = demo_people.ensure_borrower(
        phone=person.phone, full_name=person.full_name, iin=person.iin, language=person.language
    )
    made = Case.objects.filter(borrower_id=borrower.pk).exclude(status=CaseStatus.DRAFT).count()
    if made >= len(wishes):
        return 0
    demo_people.accept_all_consents(borrower.pk, person.language)
    for fate, days_ago, seed in wishes[made:]:
        with clock.frozen(clock.now() - timedelta(days=days_ago, minutes=seed % 600)), transaction.atomic():
            _make(borrower, person, fate, random.Random(seed), staff)  # noqa: S311
    return len(wishes) - made


def _make(borrower: User, person: MadePerson, fate: str, chance: random.Random, staff: Staff) -> None:
    actor = account_selectors.actor_for(borrower)
    told = demo_stories.form_of(person, chance, clock.today(), letters=fate == "letters")
    draft = submission.create_draft(actor=actor, language=person.language)
    form = inputs.submission(inputs.validated(told))
    case = submission.submit_case(actor=actor, case_id=draft.id, form=form)
    manager = chance.choice(staff.managers)
    match fate:
        case "assigned":
            _assign(case, manager)
        case "awaiting":
            _assign(case, manager)
            _move(manager, case, "request_documents", reason="Нужна справка о доходах и копия договора")
        case "active" | "suspended" | "closed":
            _assign(case, manager)
            _move(manager, case, "activate", reason="Ведём вместе с заёмщиком по телефону")
            _after_activation(case, fate, manager)
        case "cancelled":
            _move(actor, case, "cancel", reason="Договорился с банком сам")
        case "declined":
            _move(staff.supervisor, case, "decline", reason="NOT_OUR_SUBJECT")


def _after_activation(case: Case, fate: str, manager: Actor) -> None:
    if fate == "suspended":
        _move(
            manager, case, "suspend", reason="Ждём решение суда", resume_on=clock.today() + timedelta(days=90)
        )
    elif fate == "closed":
        _move(manager, case, "close", outcome="SCHEDULE_CHANGED")
    else:
        comments.add_comment(
            actor=manager,
            case_id=case.id,
            text="Созвонились, жду копию письма кредитора",
            audience="internal",
        )


def _assign(case: Case, manager: Actor) -> None:
    current = Case.objects.get(pk=case.pk)
    services.assign_case(actor=manager, case_id=case.id, assignee_id=manager.user_id, version=current.version)


def _move(actor: Actor, case: Case, action: str, **said: object) -> None:
    current = Case.objects.get(pk=case.pk)
    services.move_case(actor=actor, case_id=case.id, action=action, version=current.version, **said)  # type: ignore[arg-type]
