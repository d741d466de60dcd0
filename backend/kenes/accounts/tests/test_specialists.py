"""Entries of lawyers, mediators and notaries: filled in, checked, approved, taken away."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kenes.accounts import selectors, services, specialisations, specialists
from kenes.accounts.models import Role, RoleGrant, SpecialistProfile, User
from kenes.accounts.testing import prove
from kenes.accounts.tests.conftest import PASSWORD, SYSTEM, make_borrower
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf, a_png
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
ENTRY = {
    "register_name": "Палата юридических консультантов",
    "register_number": "ПЮК-0142",
    "issued_on": "2021-05-20",
    "valid_until": "2030-05-20",
    "specialisations": ["consumer_credit", "bankruptcy"],
    "region": "Алматы",
}


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def staff(email: str, role: Role) -> User:
    return services.create_staff_account(
        actor=SYSTEM, email=email, full_name="Ким Светлана", language="ru", password=PASSWORD, roles=[role]
    )


@pytest.fixture
def lawyer() -> User:
    return make_borrower("+77015550101")


@pytest.fixture
def client(lawyer: User, api_for: Callable[[User], Any]) -> Any:
    return api_for(lawyer)


@pytest.fixture
def checker(api_for: Callable[[User], Any]) -> Any:
    client = api_for(staff("supervisor@example.com", Role.SUPERVISOR))
    prove(client)
    return client


def upload(client: Any, path: str, data: bytes = a_pdf(), name: str = "licence.pdf") -> Any:
    client.cookies["csrftoken"] = "a" * 32
    form = {"file": SimpleUploadedFile(name, data)}
    return client.post(f"/api/v1{path}", form, headers={"X-CSRFToken": "a" * 32})


def fill(client: Any, kind: str = "lawyer", **changes: Any) -> Any:
    return client.call("put", f"/me/specialist/{kind}/", {**ENTRY, **changes})


def hand_in(client: Any, kind: str = "lawyer", **changes: Any) -> SpecialistProfile:
    fill(client, kind, **changes)
    assert upload(client, f"/me/specialist/{kind}/proof/").status_code == 200
    StoredFile.objects.update(scan="clean")
    assert client.call("post", f"/me/specialist/{kind}/submit/", {}).status_code == 200
    return SpecialistProfile.objects.get(kind=kind, status="submitted")


def decide(client: Any, profile: SpecialistProfile, decision: str, note: str = "", **more: Any) -> Any:
    profile.refresh_from_db()
    body = {"note": note, "version": profile.version, **more}
    return client.call("post", f"/specialists/{profile.pk}/{decision}/", body)


def roles(user: User) -> frozenset[str]:
    return selectors.actor_for(User.objects.get(pk=user.pk)).roles


def test_the_role_works_only_after_the_check(client: Any, checker: Any, lawyer: User) -> None:
    profile = hand_in(client)
    assert Role.LAWYER not in roles(lawyer)
    answer = decide(checker, profile, "approve")
    assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    assert Role.LAWYER in roles(lawyer)
    assert selectors.actor_for(lawyer).can("case.see_as_party")
    kinds = list(
        EventRow.objects.filter(type__startswith="specialist.").values_list("type", flat=True).order_by("at")
    )
    assert kinds[-2:] == ["specialist.submitted", "specialist.decided"]  # fmt: skip


def test_the_own_entry_is_approved_by_nobody_himself(checker: Any, api_for: Callable[[User], Any]) -> None:
    supervisor = User.objects.get(email="supervisor@example.com")
    profile = hand_in(checker, "mediator", specialisations=["financial_disputes"])
    assert profile.user_id == supervisor.pk
    assert decide(checker, profile, "approve").status_code == 403
    other = api_for(staff("second@example.com", Role.SUPERVISOR))
    prove(other)
    assert decide(other, profile, "approve").status_code == 200


def test_approving_needs_a_fresh_proof(client: Any, api_for: Callable[[User], Any]) -> None:
    profile = hand_in(client)
    stale = api_for(staff("stale@example.com", Role.SUPERVISOR))
    answer = decide(stale, profile, "approve")
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.proof_required")


def test_what_changed_after_the_look_must_be_looked_at_again(client: Any, checker: Any) -> None:
    profile = hand_in(client)
    fill(client, register_number="ANOTHER")
    answer = checker.call(
        "post", f"/specialists/{profile.pk}/approve/", {"note": "", "version": profile.version}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "specialist.changed_meanwhile")


@pytest.mark.parametrize("change", ["edit", "proof"])
def test_changing_an_approved_entry_takes_the_role_until_the_next_check(
    client: Any, checker: Any, lawyer: User, change: str
) -> None:
    profile = hand_in(client)
    decide(checker, profile, "approve")
    fill(client)
    assert Role.LAWYER in roles(lawyer), "the same values again are no change"
    if change == "edit":
        fill(client, region="Астана")
    else:
        upload(client, "/me/specialist/lawyer/proof/", a_png())
    profile.refresh_from_db()
    assert profile.status == "submitted"
    assert Role.LAWYER not in roles(lawyer)
    assert client.call("get", "/me/specialist/").status_code == 200, "the person stays signed in"


def test_an_ended_licence_stops_counting_the_day_after(client: Any, checker: Any, lawyer: User) -> None:
    last = clock.today() + timedelta(days=10)
    profile = hand_in(client, valid_until=last.isoformat())
    decide(checker, profile, "approve")
    with clock.demo_today(last):
        assert Role.LAWYER in roles(lawyer)
    with clock.demo_today(last + timedelta(days=1)):
        assert Role.LAWYER not in roles(lawyer)
        assert not selectors.actor_for(lawyer).can("case.see_as_party")
        assert RoleGrant.objects.filter(user=lawyer, role="lawyer", revoked_at__isnull=True).exists()
        assert [specialists.end_expired(), specialists.end_expired()] == [1, 0]
        profile.refresh_from_db()
        assert specialists.shown_status(profile) == "expired"
    assert not RoleGrant.objects.filter(user=lawyer, role="lawyer", revoked_at__isnull=True).exists()
    assert EventRow.objects.filter(type="specialist.expired").count() == 1


def test_a_role_without_an_entry_counts_for_nothing(lawyer: User) -> None:
    services.grant_role(actor=SYSTEM, user_id=lawyer.pk, role=Role.NOTARY)
    assert Role.NOTARY not in roles(lawyer)


def test_rejecting_and_suspending_need_a_reason_and_take_the_role(
    client: Any, checker: Any, lawyer: User
) -> None:
    profile = hand_in(client)
    assert decide(checker, profile, "reject").json()["errors"][0]["pointer"] == "/note"
    assert decide(checker, profile, "suspend", "нет").status_code == 409
    assert decide(checker, profile, "reject", "Номер не найден").json()["status"] == "rejected"
    shown = client.call("get", "/me/specialist/").json()["items"][0]
    assert (shown["check_note"], shown["allowed_actions"]) == (
        "Номер не найден",
        ["edit", "attach_proof", "submit"],
    )
    assert decide(checker, profile, "approve").status_code == 409
    client.call("post", "/me/specialist/lawyer/submit/", {})
    assert decide(checker, profile, "approve").status_code == 200
    assert decide(checker, profile, "suspend", "Жалоба").json()["status"] == "suspended"
    assert Role.LAWYER not in roles(lawyer)


def test_nothing_is_handed_in_or_approved_without_a_clean_proof(client: Any, checker: Any) -> None:
    fill(client)
    missing = client.call("post", "/me/specialist/lawyer/submit/", {})
    assert (missing.status_code, missing.json()["code"]) == (409, "accounts.document_missing")
    upload(client, "/me/specialist/lawyer/proof/")
    client.call("post", "/me/specialist/lawyer/submit/", {})
    profile = SpecialistProfile.objects.get()
    assert decide(checker, profile, "approve").json()["code"] == "files.not_ready"
    assert checker.call("get", f"/specialists/{profile.pk}/proof/").json()["code"] == "files.not_ready"
    StoredFile.objects.update(scan="infected")
    assert decide(checker, profile, "approve").status_code == 409
    assert checker.call("get", f"/specialists/{profile.pk}/proof/").json()["code"] == "files.infected"


def test_what_is_missing_is_named(client: Any) -> None:
    fill(client, register_number="", issued_on=None)
    upload(client, "/me/specialist/lawyer/proof/")
    answer = client.call("post", "/me/specialist/lawyer/submit/", {})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/register_number", "/issued_on"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"specialisations": ["astrology"]}, "/specialisations/0"),
        ({"specialisations": ["consumer_credit", "powers_of_attorney"]}, "/specialisations/1"),
        ({"valid_until": "2020-01-01"}, "/valid_until"),
        ({"issued_on": "2999-01-01"}, "/issued_on"),
        ({"status": "approved"}, "/status"),
        ({"register_name": "\u0000"}, "/register_name"),
    ],
)
def test_wrong_values_are_refused(client: Any, change: dict[str, Any], pointer: str) -> None:
    answer = fill(client, **change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


@pytest.mark.parametrize("kind", ["supervisor", "borrower", "x"])
def test_other_kinds_do_not_exist(client: Any, kind: str) -> None:
    assert fill(client, kind).status_code == 404
    assert upload(client, f"/me/specialist/{kind}/proof/").status_code == 404
    assert SpecialistProfile.objects.count() == 0


@pytest.mark.parametrize("data", [b"plain text", b"<html>", b"PK\x03\x04", b"GIF89a"])
def test_a_proof_is_a_pdf_or_a_photo(client: Any, data: bytes) -> None:
    answer = upload(client, "/me/specialist/lawyer/proof/", data)
    assert (answer.status_code, answer.json()["code"]) == (400, "files.type_not_allowed")


def test_the_queue_is_for_those_who_check(client: Any, checker: Any, lawyer: User) -> None:
    profile = hand_in(client)
    page = checker.call("get", "/specialists/?status=submitted&kind=lawyer").json()
    assert [row["person"]["id"] for row in page["items"]] == [str(lawyer.pk)]
    assert page["items"][0]["allowed_actions"] == ["approve", "reject"]
    assert checker.call("get", "/specialists/?status=approved").json()["items"] == []
    file = checker.call("get", f"/specialists/{profile.pk}/proof/")
    assert file.content == a_pdf()
    assert "attachment" in file["Content-Disposition"] and file["Cache-Control"] == "private, no-store"
    for path in ("/specialists/", f"/specialists/{profile.pk}/", f"/specialists/{profile.pk}/proof/"):
        assert client.call("get", path).status_code == 403


def test_a_draft_is_in_no_queue(client: Any, checker: Any) -> None:
    fill(client)
    profile = SpecialistProfile.objects.get()
    assert checker.call("get", "/specialists/").json()["items"] == []
    assert checker.call("get", f"/specialists/{profile.pk}/").status_code == 404
    assert decide(checker, profile, "approve").status_code == 404


def test_the_list_needs_few_queries_whatever_its_size(
    checker: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        person = make_borrower(f"+7701555020{number}")
        SpecialistProfile.objects.create(
            user=person, kind="lawyer", status="submitted", issued_on=date(2020, 1, 1)
        )
    checker.call("get", "/specialists/")
    with django_assert_max_num_queries(6):
        assert len(checker.call("get", "/specialists/").json()["items"]) == 8


def test_the_catalogue_has_every_name_in_three_languages() -> None:
    for field in specialisations.catalogue().values():
        assert set(field.kinds) <= {"lawyer", "mediator", "notary"} and field.kinds
        assert all(field.names[language].strip() for language in ("ru", "kk", "en"))
    assert specialisations.labels(["mortgage", "gone"], "kk") == ["Ипотека және кепіл", "gone"]
