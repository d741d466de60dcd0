"""Work on submitted cases: facts, tracks, moves, assignment, notes, unmasking."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import selectors, services, testing
from kenes.cases.collaboration import comments
from kenes.cases.errors.cases import (
    CaseChangedMeanwhile,
    CaseNotFound,
    CaseTransitionNotAllowed,
    ReopenTooLate,
    RouteNotChosen,
    TrackMoveRepeated,
)
from kenes.cases.models import NO_DEADLINE, Case, FieldChange, Reveal
from kenes.cases.obligations import letter_facts
from kenes.cases.terms import passing_days
from kenes.cases.tracks import procedures
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldErrors, Forbidden

SYSTEM = SystemActor("test")
INSCRIPTION = [{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]


def actor_of(person: User) -> Actor:
    return account_selectors.actor_for(person)


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def triaged(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, events=INSCRIPTION)


@pytest.fixture
def given(case: Case, manager: User) -> Case:
    """An active case of the manager."""
    return services.assign_case(
        actor=actor_of(manager), case_id=case.id, assignee_id=manager.pk, version=current(case).version
    )


def current(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def move(actor: Actor, case: Case, action: str, **said: Any) -> Case:
    return services.move_case(
        actor=actor, case_id=case.id, action=action, version=current(case).version, **said
    )


def send_letter(case: Case, borrower: User) -> None:
    track = case.tracks.get()
    procedures.move_track(actor=SYSTEM, track_id=track.id, action="letter_ready")
    procedures.move_track(actor=SYSTEM, track_id=track.id, action="sign")
    procedures.move_track(actor=SYSTEM, track_id=track.id, action="send")
    services.record_fact(
        actor=SYSTEM, case_id=case.id, kind="APPLICATION_RECEIVED", on=clock.today(),
        obligation_id=track.obligation_id, source="mail_server", track_id=track.id,
    )  # fmt: skip


def test_sent_letter_meets_the_borrowers_term_and_starts_the_creditors(case: Case, borrower: User) -> None:
    send_letter(case, borrower)
    met = case.deadlines.get(starts_on="DELAY_STARTED", bound="borrower")
    answer = case.deadlines.get(starts_on="APPLICATION_RECEIVED")
    assert met.met_on == date(2026, 11, 18)
    assert (answer.start, answer.due) == (date(2026, 11, 18), date(2026, 12, 3))
    assert (current(case).next_due, current(case).urgency) == (date(2026, 12, 3), 3)


def test_proved_receipt_replaces_the_mail_servers_word(case: Case, borrower: User, supervisor: User) -> None:
    send_letter(case, borrower)
    debt = case.obligations.get()
    services.record_fact(
        actor=actor_of(supervisor), case_id=case.id, kind="APPLICATION_RECEIVED", on=date(2026, 11, 17),
        obligation_id=debt.id, source="document",
    )  # fmt: skip
    answer = case.deadlines.get(starts_on="APPLICATION_RECEIVED")
    assert answer.start == date(2026, 11, 17)
    assert case.tracks.get().state == "RECEIVED"
    assert case.facts.filter(kind="APPLICATION_RECEIVED", superseded_at__isnull=False).count() == 1


def test_repeated_word_of_the_mail_server_changes_nothing(case: Case, borrower: User) -> None:
    send_letter(case, borrower)
    before = case.facts.count()
    services.record_fact(
        actor=SYSTEM, case_id=case.id, kind="APPLICATION_RECEIVED", on=clock.today(),
        obligation_id=case.obligations.get().id, source="mail_server",
    )  # fmt: skip
    assert case.facts.count() == before
    assert case.deadlines.filter(starts_on="APPLICATION_RECEIVED").count() == 1


def test_refusal_moves_the_track_and_proposes_the_ombudsman(case: Case, borrower: User) -> None:
    send_letter(case, borrower)
    with clock.demo_today(date(2026, 11, 25)):
        services.record_fact(actor=actor_of(borrower), case_id=case.id, kind="REFUSED", on=date(2026, 11, 24))
    assert dict(case.tracks.values_list("kind", "state")) == {
        "RESTRUCTURING": "REFUSED",
        "OMBUDSMAN": "PROPOSED",
    }
    assert case.deadlines.get(starts_on="REFUSED").due == date(2026, 12, 9)
    assert case.deadlines.get(starts_on="APPLICATION_RECEIVED").met_on == date(2026, 11, 24)
    assert current(case).urgency == 2


def test_agreement_in_the_end_only_watches_the_payments(case: Case, borrower: User, supervisor: User) -> None:
    send_letter(case, borrower)
    services.record_fact(actor=actor_of(supervisor), case_id=case.id, kind="AGREED", on=clock.today())
    track = case.tracks.get()
    for action in ("sign_agreement", "perform"):
        procedures.move_track(actor=SYSTEM, track_id=track.id, action=action)
    assert current(case).status == "monitoring"


@pytest.mark.parametrize(
    ("kind", "on", "pointer"),
    [
        ("REFUSED", date(2026, 11, 19), "/date"),
        ("COURT_DATE", date(2031, 1, 1), "/date"),
        ("NO_SUCH_KIND", date(2026, 11, 1), "/kind"),
    ],
)
def test_wrong_fact_is_refused(case: Case, borrower: User, kind: str, on: date, pointer: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        services.record_fact(actor=actor_of(borrower), case_id=case.id, kind=kind, on=on)
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_fact_about_another_case_is_refused(case: Case, borrower: User) -> None:
    other = testing.make_case(borrower)
    with pytest.raises(FieldErrors) as refused:
        services.record_fact(
            actor=actor_of(borrower), case_id=case.id, kind="REFUSED", on=date(2026, 11, 1),
            obligation_id=other.obligations.get().id,
        )  # fmt: skip
    assert refused.value.errors[0].pointer == "/obligation_id"


def test_hearing_may_be_ahead(case: Case, borrower: User) -> None:
    services.record_fact(actor=actor_of(borrower), case_id=case.id, kind="COURT_DATE", on=date(2026, 12, 1))
    assert current(case).urgency == 1
    assert case.tracks.filter(kind="COURT_SUPPORT", state="PROPOSED").exists()


def test_only_the_signature_itself_signs_a_letter(case: Case, borrower: User, supervisor: User) -> None:
    track = case.tracks.get()
    procedures.move_track(actor=SYSTEM, track_id=track.id, action="letter_ready")
    for person in (supervisor, borrower):
        for action in ("sign", "send"):
            with pytest.raises(Forbidden):
                procedures.move_track(actor=actor_of(person), track_id=track.id, action=action)
    procedures.move_track(actor=SYSTEM, track_id=track.id, action="sign")
    with pytest.raises(TrackMoveRepeated):
        procedures.move_track(actor=SYSTEM, track_id=track.id, action="sign")


def test_old_version_is_refused(case: Case, supervisor: User, manager: User) -> None:
    with pytest.raises(CaseChangedMeanwhile) as refused:
        services.assign_case(actor=actor_of(supervisor), case_id=case.id, assignee_id=manager.pk, version=1)
    assert refused.value.extra["version"] == current(case).version


def test_manager_takes_a_case_out_of_the_pool(triaged: Case, manager: User, other_manager: User) -> None:
    services.assign_case(
        actor=actor_of(manager), case_id=triaged.id, assignee_id=manager.pk, version=current(triaged).version
    )
    assert current(triaged).assignee_id == manager.pk
    with pytest.raises(CaseNotFound):
        selectors.get_case(actor=actor_of(other_manager), case_id=triaged.id)


def test_manager_cannot_push_a_pool_case_to_another(
    triaged: Case, manager: User, other_manager: User
) -> None:
    with pytest.raises(Forbidden):
        services.assign_case(
            actor=actor_of(manager), case_id=triaged.id, assignee_id=other_manager.pk,
            version=current(triaged).version,
        )  # fmt: skip


def test_activation_needs_a_route_or_words(triaged: Case, supervisor: User) -> None:
    actor = actor_of(supervisor)
    with pytest.raises(RouteNotChosen):
        move(actor, triaged, "activate")
    assert move(actor, triaged, "activate", reason="Возражение подаём вместе на приёме").status == "active"
    assert FieldChange.objects.get(case=triaged).new == "Возражение подаём вместе на приёме"


def test_activation_opens_the_chosen_procedure(triaged: Case, supervisor: User) -> None:
    move(actor_of(supervisor), triaged, "activate", track_kinds=("NOTARY_OBJECTION",))
    # The day of receiving the copy is known, so the objection is begun at once.
    assert triaged.tracks.get(kind="NOTARY_OBJECTION").state == "PREPARING"


def test_manager_opens_the_proposed_letter(borrower: User, today: date, supervisor: User) -> None:
    events = [{"kind": "COLLECTOR_CONTACT", "date": "2026-11-15", "text": "звонок в 7 утра"}]
    case = testing.make_case(borrower, events=events)
    move(actor_of(supervisor), case, "activate", track_kinds=("RESTRUCTURING",))
    assert dict(case.tracks.values_list("kind", "state")) == {
        "COLLECTOR_COMPLAINT": "PROPOSED", "RESTRUCTURING": "PREPARING",
    }  # fmt: skip


def test_manager_opens_a_letter_nobody_proposed(triaged: Case, supervisor: User) -> None:
    actor = actor_of(supervisor)
    move(actor, triaged, "activate", reason="сначала нотариус")
    move(actor, triaged, "open_track", track_kinds=("RESTRUCTURING",))
    assert triaged.tracks.get(kind="RESTRUCTURING").state == "PREPARING"
    with pytest.raises(CaseTransitionNotAllowed):
        move(actor, triaged, "open_track", track_kinds=("RESTRUCTURING",))


@pytest.mark.parametrize(
    ("action", "said", "pointer"),
    [
        ("suspend", {"resume_on": date(2027, 1, 1)}, "/reason"),
        ("suspend", {"reason": "ждём суд"}, "/resume_on"),
        ("suspend", {"reason": "ждём суд", "resume_on": date(2026, 11, 18)}, "/resume_on"),
        ("close", {}, "/outcome"),
        ("close", {"outcome": "SOMETHING"}, "/outcome"),
    ],
)
def test_moves_ask_for_their_words(
    given: Case, manager: User, action: str, said: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(FieldErrors) as refused:
        move(actor_of(manager), given, action, **said)
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_suspended_case_resumes(given: Case, manager: User) -> None:
    actor = actor_of(manager)
    suspended = move(actor, given, "suspend", reason="ждём суд", resume_on=date(2027, 1, 11))
    assert (suspended.status, suspended.resume_on) == ("suspended", date(2027, 1, 11))
    assert move(actor, given, "resume").status == "active"
    assert current(given).resume_on is None


def test_closed_case_is_reopened_by_a_supervisor_in_time(
    given: Case, manager: User, supervisor: User
) -> None:
    move(actor_of(manager), given, "close", outcome="TERM_EXTENDED")
    with pytest.raises(Forbidden):
        move(actor_of(manager), given, "reopen", reason="новая просрочка")
    reopened = move(actor_of(supervisor), given, "reopen", reason="новая просрочка")
    assert (reopened.status, reopened.outcome, reopened.closed_at) == ("active", "", None)


def test_reopening_after_ninety_days_needs_new_facts(given: Case, manager: User, supervisor: User) -> None:
    move(actor_of(manager), given, "close", outcome="TERM_EXTENDED")
    with clock.frozen(clock.now() + timedelta(days=91)):
        with pytest.raises(ReopenTooLate):
            move(actor_of(supervisor), given, "reopen", reason="новая просрочка")
        services.record_fact(actor=actor_of(manager), case_id=given.id, kind="NO_REPLY", on=clock.today())
        assert move(actor_of(supervisor), given, "reopen", reason="новая просрочка").status == "active"


def test_only_supervisor_declines_with_a_reason_of_the_list(
    triaged: Case, manager: User, supervisor: User
) -> None:
    services.assign_case(
        actor=actor_of(supervisor),
        case_id=triaged.id,
        assignee_id=manager.pk,
        version=current(triaged).version,
    )
    with pytest.raises(Forbidden):
        move(actor_of(manager), triaged, "decline", reason="FRAUD")
    with pytest.raises(FieldErrors):
        move(actor_of(supervisor), triaged, "decline", reason="не нравится")
    assert move(actor_of(supervisor), triaged, "decline", reason="FRAUD").decline_reason == "FRAUD"


def test_borrower_cancels_and_nothing_moves_after(case: Case, borrower: User) -> None:
    cancelled = move(actor_of(borrower), case, "cancel", reason="договорился сам")
    assert cancelled.status == "cancelled"
    with pytest.raises(CaseTransitionNotAllowed):
        procedures.move_track(actor=SYSTEM, track_id=case.tracks.get().id, action="letter_ready")
    with pytest.raises(CaseTransitionNotAllowed):
        services.record_fact(actor=SYSTEM, case_id=case.id, kind="REFUSED", on=date(2026, 11, 1))


def test_reveal_is_kept_with_its_reason(given: Case, manager: User) -> None:
    shown = services.reveal(
        actor=actor_of(manager), case_id=given.id, fields=("iin", "phone"), reason="звонок"
    )
    assert shown == {"iin": testing.IIN, "phone": testing.PHONE}
    kept = Reveal.objects.get()
    assert (kept.user_id, kept.reason, kept.fields) == (manager.pk, "звонок", ["iin", "phone"])
    event = EventRow.objects.get(type="case.personal_data_revealed")
    assert testing.IIN not in str(event.data) and "звонок" not in str(event.data)


def test_borrower_cannot_write_internal_notes(case: Case, borrower: User) -> None:
    comments.add_comment(actor=actor_of(borrower), case_id=case.id, text="Когда ответ?", audience="public")
    with pytest.raises(Forbidden):
        comments.add_comment(actor=actor_of(borrower), case_id=case.id, text="тайно", audience="internal")


def test_letter_facts_hold_what_a_letter_needs(case: Case) -> None:
    letter = letter_facts.letter_facts(case.tracks.get().id)
    assert (letter.borrower_name, letter.borrower_iin) == ("Досымов Кайрат Ануарович", testing.IIN)
    assert letter.creditor_name_ru == "АО «Банк ЦентрКредит»"
    assert (letter.total_tiyn, str(letter.drop_percent), letter.as_of) == (
        146_772_100,
        "59.8",
        date(2026, 11, 18),
    )
    assert (letter.relief_kinds, letter.defer_months) == (("DEFERRAL", "TERM_EXTENDED"), 6)


def test_deadline_keeps_its_words_when_the_rule_changes(case: Case, run_outbox: Callable[[], int]) -> None:
    row = case.deadlines.get(starts_on="DELAY_STARTED", bound="borrower")
    assert row.skipped == [
        {"date": "2026-11-21", "reason": "saturday"}, {"date": "2026-11-22", "reason": "sunday"},
    ]  # fmt: skip
    assert (row.counted_from, row.nominal_last) == (date(2026, 10, 23), date(2026, 11, 21))


def test_case_without_terms_sorts_last(borrower: User, today: date) -> None:
    debt = {**testing.FORM["obligations"][0], "overdue_since": None, "penalty_tiyn": 0}
    case = testing.make_case(borrower, obligations=[debt])
    assert (case.next_due, case.urgency) == (NO_DEADLINE, 4)


def test_silence_of_the_creditor_is_noted_when_its_term_is_over(case: Case, borrower: User) -> None:
    send_letter(case, borrower)
    with clock.demo_today(date(2026, 12, 3)):
        passing_days.pass_day()
        assert case.tracks.get().state == "SENT"
    with clock.demo_today(date(2026, 12, 4)):
        passing_days.pass_day()
        passing_days.pass_day()
    assert dict(case.tracks.values_list("kind", "state")) == {
        "RESTRUCTURING": "NO_REPLY", "REGULATOR": "PROPOSED", "OMBUDSMAN": "PROPOSED",
    }  # fmt: skip
    assert case.facts.filter(kind="NO_REPLY").count() == 1
    assert current(case).urgency == 2


def test_window_becomes_urgent_as_days_pass(borrower: User, today: date) -> None:
    debt = {**testing.FORM["obligations"][0], "overdue_since": "2026-11-10"}
    case = testing.make_case(borrower, obligations=[debt])
    assert case.urgency == 3
    with clock.demo_today(date(2026, 12, 5)):
        passing_days.pass_day()
    assert current(case).urgency == 2


def test_nearest_term_moves_on_after_midnight(case: Case, borrower: User) -> None:
    assert case.next_due == date(2026, 11, 23)
    with clock.demo_today(date(2026, 11, 24)):
        passing_days.pass_day()
    assert current(case).next_due == NO_DEADLINE


def test_delay_that_begins_later_starts_its_terms(borrower: User, today: date) -> None:
    debt = {**testing.FORM["obligations"][0], "overdue_since": None, "penalty_tiyn": 0}
    case = testing.make_case(borrower, obligations=[debt])
    services.record_fact(
        actor=actor_of(borrower), case_id=case.id, kind="DELAY_STARTED", on=date(2026, 11, 16)
    )
    assert case.obligations.get().overdue_since == date(2026, 11, 16)
    assert case.deadlines.get(bound="borrower", starts_on="DELAY_STARTED").due == date(2026, 12, 17)
    assert current(case).urgency == 3


def test_corrected_day_of_delay_replaces_its_terms(case: Case, borrower: User) -> None:
    services.record_fact(
        actor=actor_of(borrower), case_id=case.id, kind="DELAY_STARTED", on=date(2026, 10, 28)
    )
    terms = case.deadlines.filter(bound="borrower", starts_on="DELAY_STARTED")
    assert [term.due for term in terms] == [date(2026, 11, 27)]
    change = FieldChange.objects.get(case=case)
    assert (change.old, change.new) == ("2026-10-22", "2026-10-28")
