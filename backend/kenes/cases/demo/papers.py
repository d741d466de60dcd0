"""Demonstration of papers: checklists with everything a paper can be, and scans that are read while one watches."""

from typing import Final

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, User
from kenes.cases.models import Case, MissingPaper, Obligation
from kenes.cases.states.case import CaseStatus
from kenes.cases.tracks import paper_files, paper_reviews, papers
from kenes.files.sample_scans import a_scan
from kenes.foundation import clock
from kenes.foundation.language import format_date, format_money

FEW: Final = 4
_STATEMENT: Final = {
    "ru": """{creditor}

СПРАВКА О ЗАДОЛЖЕННОСТИ

По договору № {number}
от {signed} по состоянию
на {today}:

Основной долг: {principal}
Вознаграждение: {interest}
Неустойка: {penalty}
Итого задолженность: {total}

Справка выдана по месту требования.""",
    "kk": """{creditor}

БЕРЕШЕК ТУРАЛЫ АНЫҚТАМА

Шарт № {number}, жасалған күні
{signed}, {today}
жағдай бойынша:

Негізгі борыш: {principal}
Сыйақы: {interest}
Тұрақсыздық айыбы: {penalty}
Барлығы: {total}

Анықтама талап етілген жерге беріледі.""",
}


def fill() -> None:
    """Put checklists on some cases and give papers for them; safe to repeat."""
    if MissingPaper.objects.filter(origin="checklist", accepted_at__isnull=False).exists():
        return
    supervisor = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if supervisor is None:
        return
    opened = Case.objects.filter(status=CaseStatus.ACTIVE, tracks__opened_at__isnull=False).distinct()
    # First the borrower whose login the demonstration prints.
    told_first = demo_people.BORROWER_IIN
    rows = sorted(
        opened.select_related("borrower"), key=lambda case: (case.borrower.iin != told_first, case.number)
    )
    for place, case in enumerate(rows[:FEW]):
        for track in case.tracks.exclude(opened_at=None).order_by("opened_at", "pk"):
            paper_reviews.open_checklist(track.pk)
        _look(case, case.assignee or supervisor)
        if place < FEW // 2:
            _give_statement(case)


def _look(case: Case, person: User) -> None:
    """Of the papers brought to the office one is accepted, one cannot be read, one waits for a look."""
    manager = account_selectors.actor_for(person)
    listed = list(case.missing_papers.filter(origin="checklist").order_by("asked_at", "pk")[:3])
    for place, paper in enumerate(listed):
        papers.settle(actor=manager, case_id=case.pk, paper_id=paper.pk, how="received")
        if place == 0:
            paper_reviews.accept(actor=manager, case_id=case.pk, paper_id=paper.pk)
        elif place == 1:
            reason = {"kk": "Оң жақ шеті қиылып қалған"}.get(
                case.language, "Обрезан правый край, не видно номера"
            )
            paper_reviews.mark_unreadable(actor=manager, case_id=case.pk, paper_id=paper.pk, reason=reason)


def _give_statement(case: Case) -> None:
    """The borrower uploads a scanned statement of his debt; the virus check and the reading follow by themselves."""
    debt = case.obligations.select_related("creditor").order_by("position").first()
    if debt is None:
        return
    code, words = "DEBT_STATEMENT", paper_reviews.title_of("DEBT_STATEMENT", case.language)
    paper, _made = MissingPaper.objects.get_or_create(
        case=case, code=code, origin="checklist",
        defaults={"title": words, "required": False, "asked_at": clock.now(), "asked_on": clock.today()},
    )  # fmt: skip
    if not paper.pending or paper.file_id is not None:
        return
    borrower = account_selectors.actor_for(case.borrower)
    name = {"kk": "анықтама.jpg"}.get(case.language, "справка.jpg")
    paper_files.attach(
        actor=borrower,
        case_id=case.pk,
        paper_id=paper.pk,
        data=a_scan(_statement(case, debt), specks=8000),
        name=name,
    )


def _statement(case: Case, debt: Obligation) -> str:
    """What the creditor writes: a little more interest than the borrower has told."""
    language = "kk" if case.language == "kk" else "ru"
    interest = debt.interest_tiyn + 1_250_000
    total = debt.principal_tiyn + interest + debt.penalty_tiyn
    sums = {
        "principal": debt.principal_tiyn,
        "interest": interest,
        "penalty": debt.penalty_tiyn,
        "total": total,
    }
    return _STATEMENT[language].format(
        creditor=debt.creditor.name(language),
        number=debt.contract_number,
        signed=format_date(debt.contract_date, language),
        today=format_date(clock.today(), language),
        **{name: format_money(tiyn, language) for name, tiyn in sums.items()},
    )
