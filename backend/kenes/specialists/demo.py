"""Demonstration requests, proposals, hours and bookings, made through the services; safe to repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Final

from django.conf import settings

from kenes.accounts import demo as demo_people
from kenes.accounts import selectors as accounts
from kenes.accounts.models import SpecialistProfile, User
from kenes.cases.models import Case
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError
from kenes.specialists import consultations, marketplace, pages
from kenes.specialists.models import Booking, HelpRequest, Host, HostKind

log = logs.get(__name__)


def load() -> None:
    """Fill the desks of specialists, the directory and the help pages of borrowers."""
    if not settings.DEMO:
        raise demo_people.NotADemonstration
    _pages()
    _absences()
    if not HelpRequest.objects.exists():
        _requests()
    if not Booking.objects.exists():
        _bookings()


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the rules refuse for one of the made stories is left out, and said."""
    try:
        yield
    except KenesError as problem:
        log.info("demo_left_out", what=what, problem=problem.code)


_ABOUT: Final = {
    "lawyer": "Споры с банками, МФО и коллекторами, банкротство граждан. Объясняю, что делать, простыми словами.",
    "mediator": "Помогаю заёмщику и кредитору договориться о посильном графике.",
    "notary": "Исполнительные надписи: проверка, возражения, сроки.",
    "platform": "Бесплатная консультация: разберём вашу ситуацию и законные пути, которые доступны без оплаты.",
}
_FEES: Final = {"lawyer": 15_000_00, "mediator": 12_000_00, "notary": 8_000_00, "platform": 0}


def _pages() -> None:
    """Pages and hours of checked specialists, and of the platform itself."""
    hosts = [
        (accounts.actor_for(entry.user), entry.kind, entry.region)
        for entry in SpecialistProfile.objects.filter(status="approved").select_related("user")
    ]
    manager = accounts.active_managers()[:1]
    hosts += [(accounts.actor_for(person), HostKind.PLATFORM.value, "") for person in manager]
    for actor, kind, city in hosts:
        if kind not in pages.kinds_of(actor) or pages.own_page(actor=actor, kind=kind).listed:
            continue
        form = pages.PageForm(
            about=_ABOUT[kind], languages=("ru", "kk"), city=city, online=True, works_since=2016, listed=True,
            minutes=45, break_minutes=15, fee_tiyn=_FEES[kind], office=f"г. {city}, ул. Абая, 10" if city else "",
            link="https://meet.example.com/kenes",
        )  # fmt: skip
        pages.write_page(actor=actor, kind=kind, form=form)
        since = date(2026, 1, 1)
        morning = [(day, time(10), time(13), since, None) for day in range(5)]
        evening = [(day, time(15), time(18), since, None) for day in (1, 3)]
        pages.write_hours(actor=actor, kind=kind, rules=[*morning, *evening])


def _absences() -> None:
    """Each host is away for two days soon, and for one afternoon."""
    today = clock.almaty(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    for host in Host.objects.filter(listed=True, absences__isnull=True).select_related("user"):
        owner = host.user or accounts.active_managers()[0]
        actor = accounts.actor_for(owner)
        with _told("absence"):
            first = today + timedelta(days=8)
            pages.add_absence(actor=actor, kind=host.kind, starts_at=first, ends_at=first + timedelta(days=2))
            noon = today + timedelta(days=4, hours=14)
            pages.add_absence(actor=actor, kind=host.kind, starts_at=noon, ends_at=noon + timedelta(hours=4))


def _requests() -> None:
    """Requests for help with proposals: open, answered, chosen."""
    running = Case.objects.filter(status__in=["triage", "active", "awaiting_borrower"]).order_by("created_at")
    topics = {"lawyer": ("restructuring", "collectors"), "mediator": ("financial_disputes",)}
    words = (
        "Банк отказал в отсрочке, доход упал почти вдвое. Нужна помощь с жалобой и переговорами о новом графике.",
        "Кредитор не отвечает на заявление больше месяца, звонят коллекторы. Хочу понять, что делать по закону.",
        "Готов платить меньше, но дольше. Ищу посредника, чтобы договориться с двумя организациями.",
    )
    for place, case in enumerate(running.select_related("borrower")[:6]):
        borrower = accounts.actor_for(case.borrower)
        kind = "mediator" if place % 3 == 2 else "lawyer"
        with _told("request"):
            form = marketplace.HelpForm(kind, topics[kind], words[place % 3], case.language, "Алматы", True)
            request = marketplace.ask_for_help(actor=borrower, case_id=case.pk, form=form)
            _propose(request, place)
            if place == 3:
                _choose(borrower, request)


def _propose(request: HelpRequest, place: int) -> None:
    for entry in SpecialistProfile.objects.filter(status="approved", kind=request.kind).select_related(
        "user"
    ):
        if place == 1:
            return
        free = place % 2 == 0
        form = marketplace.ProposalForm(
            "free" if free else "fixed", 0 if free else 60_000_00, 10 + place,
            "Изучу документы, подготовлю жалобу и буду вести переписку до ответа кредитора.",
        )  # fmt: skip
        with _told("proposal"):
            marketplace.propose(actor=accounts.actor_for(entry.user), request_id=request.pk, form=form)


def _choose(borrower: Actor, request: HelpRequest) -> None:
    proposal = request.proposals.order_by("created_at").first()
    if proposal is not None:
        marketplace.choose(
            actor=borrower, case_id=request.case_id, request_id=request.pk, proposal_id=proposal.pk,
            transfer_consent=True,
        )  # fmt: skip


def _bookings() -> None:
    """Consultations ahead, held with a summary, and missed."""
    cases = list(Case.objects.filter(status__in=["triage", "active"]).order_by("-created_at")[:8])
    for place, host in enumerate(Host.objects.filter(listed=True).select_related("user").order_by("kind")):
        for number in range(3):
            if not cases:
                return
            case = cases.pop()
            with _told("booking"):
                _book(host, case, number, place)


def _book(host: Host, case: Case, number: int, place: int) -> None:
    borrower = accounts.actor_for(User.objects.get(pk=case.borrower_id))
    past = number > 0
    with clock.frozen(clock.now() - timedelta(days=9 if past else 0)):
        day = clock.almaty(clock.now()).date()
        spans = pages.free_slots(host, first=day, days=7)
        if len(spans) <= number + place:
            return
        booking = consultations.book(
            actor=borrower, host_id=host.pk, starts_at=spans[number + place].starts_at, way="online",
            topic="Как ответить банку и что делать со звонками", case_id=case.pk,
        )  # fmt: skip
    if not past or booking.starts_at > clock.now():
        return
    owner = host.user or accounts.active_managers()[0]
    gives = accounts.actor_for(owner)
    consultations.finish(actor=gives, booking_id=booking.pk, action="hold" if number == 1 else "no_show")
    if number == 1:
        consultations.summarise(
            actor=gives, booking_id=booking.pk,
            summary="Разобрали договор и просрочку. Дальше: дождаться ответа банка до срока, собрать справки о доходах.",
        )  # fmt: skip
