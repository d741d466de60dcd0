"""Procedures over HTTP: opening, steps, what a step asks, who is refused, what comes next."""

from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.models import Case, CaseEvent, Track
from kenes.cases.tests.test_services import actor_of, send_letter
from kenes.foundation import clock

INSCRIPTION = [{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


@pytest.fixture
def given(case: Case, manager: User) -> Case:
    services.assign_case(
        actor=actor_of(manager),
        case_id=case.id,
        assignee_id=manager.pk,
        version=Case.objects.get(pk=case.pk).version,
    )
    return case


def opened(client: Any, case: Case, kind: str, **body: Any) -> Any:
    return client.call("post", f"/cases/{case.pk}/tracks/", {"kind": kind, **body})


def step(client: Any, case: Case, kind: str, action: str, **body: Any) -> Any:
    track = case.tracks.filter(kind=kind).order_by("-created_at").first()
    assert track is not None
    return client.call(
        "post", f"/tracks/{track.pk}/move/", {"action": action, "version": track.version, **body}
    )


def shown(answer: Any, kind: str) -> Any:
    assert answer.status_code in {200, 201}, answer.json()
    return next(track for track in answer.json()["tracks"] if track["kind"] == kind)


def test_strangers_find_no_procedure(given: Case, api_for: Any, other_manager: User, today: date) -> None:
    track = given.tracks.get()
    stranger = testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")
    for person in (stranger, other_manager):
        client = api_for(person)
        assert opened(client, given, "MEDIATION", reason="Так").status_code == 404
        answer = client.call(
            "post", f"/tracks/{track.pk}/move/", {"action": "withdraw", "version": 1, "reason": "x"}
        )
        assert answer.json()["code"] == "case.track_not_found"


def test_staff_open_what_was_not_proposed_with_words(given: Case, api_for: Any, manager: User) -> None:
    client = api_for(manager)
    without = opened(client, given, "MEDIATION")
    assert [error["pointer"] for error in without.json()["errors"]] == ["/reason"]
    track = shown(opened(client, given, "MEDIATION", reason="Обе стороны просят"), "MEDIATION")
    assert (track["state"], track["version"], track["reasons"]) == ("INVITED", 2, ["chosen_by_manager"])
    again = opened(client, given, "MEDIATION", reason="Ещё раз")
    assert again.json()["code"] == "case.track_already_open"


def test_borrower_opens_only_what_is_offered(given: Case, borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    assert opened(client, given, "OMBUDSMAN").json()["code"] == "case.escalation_not_offered"
    send_letter(given, borrower)
    services.record_fact(actor=actor_of(borrower), case_id=given.id, kind="REFUSED", on=clock.today())
    page = client.call("get", f"/cases/{given.pk}/").json()
    refused = next(track for track in page["tracks"] if track["kind"] == "RESTRUCTURING")
    assert [(offer["kind"], offer["free"]) for offer in refused["next_steps"]][:2] == [
        ("OMBUDSMAN", True), ("REGULATOR", True),
    ]  # fmt: skip
    track = shown(opened(client, given, "OMBUDSMAN"), "OMBUDSMAN")
    assert (track["state"], track["escalated_from"]) == ("CHECK_PRECONDITIONS", refused["id"])
    assert given.tracks.get(kind="RESTRUCTURING").state == "ESCALATED"
    # The regulator stays open beside the ombudsman.
    assert shown(opened(client, given, "REGULATOR"), "REGULATOR")["state"] == "EVIDENCE"


def test_a_step_asks_for_what_it_needs_and_starts_its_term(given: Case, api_for: Any, manager: User) -> None:
    client = api_for(manager)
    opened(client, given, "REGULATOR", reason="Нет ответа")
    assert step(client, given, "REGULATOR", "collected").json()["code"] == "case.no_evidence"
    for action, body in (
        ("collected", {"reason": "Письмо и опись вложения"}),
        ("letter_ready", {}),
        ("sign", {"date": "2026-11-18", "reason": "Подписано на приёме"}),
        ("send", {"date": "2026-11-18", "number": "RR123"}),
    ):
        shown(step(client, given, "REGULATOR", action, **body), "REGULATOR")
    missing = step(client, given, "REGULATOR", "register").json()
    assert {error["pointer"] for error in missing["errors"]} == {"/date", "/number"}
    ahead = step(client, given, "REGULATOR", "register", date="2026-11-19", number="7").json()
    assert [error["code"] for error in ahead["errors"]] == ["future"]
    track = shown(step(client, given, "REGULATOR", "register", date="2026-11-18", number="ЖТ-7"), "REGULATOR")
    assert track["external_number"] == "ЖТ-7"
    assert given.deadlines.get(starts_on="COMPLAINT_REGISTERED").rule_key == "REGULATOR_REPLY"
    assert len(track["deadline_ids"]) == 1
    wrong = step(client, given, "REGULATOR", "reply", date="2026-11-18", outcome="DEFERRAL").json()
    assert [error["pointer"] for error in wrong["errors"]] == ["/outcome"]
    shown(step(client, given, "REGULATOR", "reply", date="2026-11-18", outcome="SATISFIED"), "REGULATOR")
    assert given.deadlines.get(starts_on="COMPLAINT_REGISTERED").met_on == date(2026, 11, 18)


def test_stale_and_repeated_steps_say_so(given: Case, api_for: Any, manager: User) -> None:
    client = api_for(manager)
    opened(client, given, "COURT_SUPPORT", reason="Повестка")
    track = given.tracks.get(kind="COURT_SUPPORT")
    body = {"action": "collected", "version": track.version}
    assert client.call("post", f"/tracks/{track.pk}/move/", body).status_code == 200
    assert client.call("post", f"/tracks/{track.pk}/move/", body).json()["code"] == "case.track_already_done"
    old = client.call(
        "post", f"/tracks/{track.pk}/move/", {"action": "file", "date": "2026-11-18", "version": 1}
    ).json()
    assert (old["code"], old["version"]) == ("case.track_changed_meanwhile", track.version + 1)
    impossible = step(client, given, "COURT_SUPPORT", "appeal", date="2026-11-18")
    assert impossible.json()["code"] == "case.track_transition_not_allowed"


def test_ombudsman_asks_for_proof_and_keeps_out_of_court(given: Case, api_for: Any, manager: User) -> None:
    client = api_for(manager)
    opened(client, given, "OMBUDSMAN", reason="Просит заёмщик")
    assert step(client, given, "OMBUDSMAN", "confirm").json()["code"] == "case.no_written_proof"
    services.record_fact(
        actor=actor_of(manager), case_id=given.id, kind="APPLICATION_RECEIVED", on=date(2026, 11, 2)
    )
    services.record_fact(actor=actor_of(manager), case_id=given.id, kind="COURT_DATE", on=date(2026, 12, 2))
    assert step(client, given, "OMBUDSMAN", "confirm").json()["code"] == "case.matter_in_court"
    CaseEvent.objects.filter(case=given, kind="COURT_DATE").delete()
    assert shown(step(client, given, "OMBUDSMAN", "confirm"), "OMBUDSMAN")["state"] == "PREPARING"


def test_only_the_debtor_files_for_bankruptcy(
    given: Case, borrower: User, api_for: Any, manager: User, reference: None
) -> None:
    client = api_for(manager)
    opened(client, given, "BANKRUPTCY_EXTRAJUDICIAL", reason="Проверяем условия")
    shown(step(client, given, "BANKRUPTCY_EXTRAJUDICIAL", "confirm"), "BANKRUPTCY_EXTRAJUDICIAL")
    unproved = step(client, given, "BANKRUPTCY_EXTRAJUDICIAL", "file", date="2026-11-18").json()
    assert [error["pointer"] for error in unproved["errors"]] == ["/number"]
    own = shown(
        step(api_for(borrower), given, "BANKRUPTCY_EXTRAJUDICIAL", "file", date="2026-11-18"),
        "BANKRUPTCY_EXTRAJUDICIAL",
    )
    assert own["state"] == "FILED_BY_BORROWER"
    assert given.deadlines.filter(rule_key="BANKR_REVIEW", obligation=None).count() == 1


def test_mediation_needs_all_sides(given: Case, borrower: User, api_for: Any, manager: User) -> None:
    staff, own = api_for(manager), api_for(borrower)
    opened(staff, given, "MEDIATION", reason="Просит заёмщик")
    assert (
        shown(step(own, given, "MEDIATION", "consent_borrower"), "MEDIATION")["state"]
        == "ACCEPTED_BY_BORROWER"
    )
    assert (
        step(staff, given, "MEDIATION", "choose_mediator").json()["code"]
        == "case.track_transition_not_allowed"
    )
    assert step(own, given, "MEDIATION", "consent_creditor", date="2026-11-18").status_code == 403
    both = shown(step(staff, given, "MEDIATION", "consent_creditor", date="2026-11-18"), "MEDIATION")
    assert both["state"] == "ACCEPTED_BY_ALL"
    assert step(staff, given, "MEDIATION", "choose_mediator").json()["code"] == "case.mediator_missing"
    chosen = step(staff, given, "MEDIATION", "choose_mediator", reason="Ахметова, реестр ЦМ № 12")
    assert shown(chosen, "MEDIATION")["state"] == "MEDIATOR_CHOSEN"
    shown(step(staff, given, "MEDIATION", "sign_contract", date="2026-11-18"), "MEDIATION")
    assert given.deadlines.filter(starts_on="MEDIATION_CONTRACT").exists()


def test_a_late_objection_goes_the_way_of_a_missed_term(
    borrower: User, today: date, api_for: Any, supervisor: User
) -> None:
    late = [{"kind": "INSCRIPTION_RECEIVED", "date": "2026-10-12", "text": ""}]
    case = testing.make_case(borrower, events=late)
    client = api_for(supervisor)
    track = shown(opened(client, case, "NOTARY_OBJECTION"), "NOTARY_OBJECTION")
    assert track["state"] == "TERM_MISSED"
    assert {action["action"] for action in track["allowed_actions"]} == {"restore_term", "give_up"}
    assert [offer["kind"] for offer in track["next_steps"]] == ["COURT_SUPPORT"]
    assert Case.objects.get(pk=case.pk).status == "active"


def test_a_missed_payment_wakes_a_watched_case(
    given: Case, borrower: User, api_for: Any, manager: User
) -> None:
    send_letter(given, borrower)
    services.record_fact(actor=actor_of(manager), case_id=given.id, kind="AGREED", on=clock.today())
    client = api_for(manager)
    step(client, given, "RESTRUCTURING", "sign_agreement", date="2026-11-18")
    watched = step(client, given, "RESTRUCTURING", "perform")
    assert watched.json()["status"] == "monitoring"
    broken = step(client, given, "RESTRUCTURING", "breach", date="2026-11-18")
    assert broken.json()["status"] == "active"
    assert given.facts.filter(kind="PAYMENT_MISSED").count() == 1


def test_a_procedure_runs_again_after_it_has_ended(given: Case, api_for: Any, manager: User) -> None:
    client = api_for(manager)
    opened(client, given, "CONSULTATION", reason="Вопрос")
    shown(step(client, given, "CONSULTATION", "withdraw", reason="Передумал"), "CONSULTATION")
    assert opened(client, given, "CONSULTATION", reason="Новый вопрос").status_code == 201
    assert Track.objects.filter(case=given, kind="CONSULTATION").count() == 2


def test_moves_of_a_letter_are_left_to_the_letter(given: Case, api_for: Any, manager: User) -> None:
    for action in ("letter_ready", "sign", "send"):
        assert step(api_for(manager), given, "RESTRUCTURING", action, date="2026-11-18").status_code == 403
    for action in ("open", "escalate"):
        assert step(api_for(manager), given, "RESTRUCTURING", action).status_code == 400


@pytest.mark.parametrize(
    "body", [{"kind": "NO_SUCH"}, {"kind": None}, {}, {"kind": "MEDIATION", "obligation_id": "x"}]
)
def test_wrong_bodies_are_refused(given: Case, api_for: Any, manager: User, body: Any) -> None:
    assert api_for(manager).call("post", f"/cases/{given.pk}/tracks/", body).status_code == 400
