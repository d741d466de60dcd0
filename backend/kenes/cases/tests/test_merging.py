"""Two accounts of one person become one: everything moves, nothing is lost, the person sees his cases again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from conftest import ApiClient
from kenes.accounts import demo, duplicates, merging, selectors, services
from kenes.accounts.models import (
    Consent,
    DataRead,
    DuplicateClaim,
    Membership,
    OneTimeCode,
    Organisation,
    PersonalDataRequest,
    PowerOfAttorney,
    Role,
    RoleGrant,
    User,
)
from kenes.accounts.testing import enrol, prove
from kenes.cases.models import Case, CaseEvent, Comment, EligibilityCheck, Party, SearchEntry
from kenes.cases.search import index as search_index
from kenes.cases.story import submission
from kenes.cases.testing import form_data, load_reference_data, make_borrower, make_case
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message

from .conftest import make_staff

pytestmark = pytest.mark.django_db
OLD, NEW = "+77075551841", "+77075551842"
IIN, OTHER_IIN = "870419390122", "920803397822"
REASON = "Пришёл с удостоверением, номер сменил"


@pytest.fixture
def admin(db: None) -> User:
    return enrol(make_staff("admin@example.com", Role.ADMIN))


@pytest.fixture
def holder(reference: None) -> User:
    return make_borrower(OLD, IIN)


@pytest.fixture
def claimant(reference: None) -> User:
    """The same person with a new number: he has answered the code, but his ИИН is taken."""
    user = services.ensure_account(phone=PhoneNumber.parse(NEW), language="kk")
    assert user is not None
    services.confirm_phone(user_id=user.pk)
    demo.accept_all_consents(user.pk, "ru")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def claim(holder: User, claimant: User) -> DuplicateClaim:
    duplicates.note(claimant_id=claimant.pk, holder_id=holder.pk)
    return DuplicateClaim.objects.get()


def office_of(user: User) -> ApiClient:
    client = ApiClient()
    client.force_login(User.objects.get(pk=user.pk))
    prove(client)
    return client


def merge(admin: User, claim: DuplicateClaim, keep: User) -> Any:
    return office_of(admin).call(
        "post", f"/people/duplicates/{claim.pk}/merge/", {"keep": str(keep.pk), "reason": REASON}
    )


def totals(*people: User) -> dict[str, int]:
    return {
        code: sum(section.count(person.pk) for person in people)
        for code, section in merging._sections.items()
    }


def test_an_iin_of_another_account_is_noticed_once_and_nothing_else_is_kept(
    holder: User, claimant: User, admin: User
) -> None:
    browser = office_of(claimant)
    with clock.demo_today(date(2026, 11, 18)):
        draft = browser.call("post", "/cases/", {"language": "ru"}).json()
        for _again in range(2):
            answer = browser.call("post", f"/cases/{draft['id']}/submit/", form_data())
            assert (answer.status_code, answer.json()["code"]) == (409, "accounts.iin_taken"), answer.content
    claim = DuplicateClaim.objects.get()
    assert (claim.claimant_id, claim.holder_id) == (claimant.pk, holder.pk)
    assert str(holder.pk) not in answer.content.decode()
    assert User.objects.get(pk=claimant.pk).iin_hash is None
    assert Case.objects.get().status == "draft"
    listed = office_of(admin).call("get", "/people/duplicates/").json()["items"]
    assert [(row["claimant"]["id"], row["holder"]["id"]) for row in listed] == [
        (str(claimant.pk), str(holder.pk))
    ]
    assert EventRow.objects.filter(type="person.duplicate_claimed").count() == 1


def fill(holder: User, claimant: User, manager: User) -> Case:
    """Something in every section of both accounts."""
    case = make_case(holder)
    for person in (holder, claimant):
        Comment.objects.create(case=case, author=person, text="слова", created_at=clock.now())
        CaseEvent.objects.create(
            case=case, kind="REFUSED", on=clock.today(), source="borrower", recorded_by_id=person.pk,
            created_at=clock.now(),
        )  # fmt: skip
        DataRead.objects.create(kind="reveal", person=person, reader=manager)
        Message.objects.create(
            key=f"m{person.pk}", kind="x", person_id=person.pk, channel="sms", address="+77075551841",
            created_at=clock.now(), status_at=clock.now(),
        )  # fmt: skip
        PersonalDataRequest.objects.create(kind="export", person=person, requested_by=person)
    return case


def test_everything_moves_and_the_counts_are_in_the_log(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User, manager: User
) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        case = fill(holder, claimant, manager)
    before = totals(holder, claimant)
    assert all(
        before[code] for code in ("cases", "words_in_cases", "reads", "messages", "consents", "data_requests")
    )
    preview = (
        office_of(admin).call("get", f"/people/duplicates/{claim.pk}/preview/?keep={claimant.pk}").json()
    )
    assert {row["code"]: row["count"] for row in preview["sections"]}["cases"] == 1
    assert any("18 41" in warning for warning in preview["warnings"])

    answer = merge(admin, claim, claimant)
    assert answer.status_code == 200, answer.content

    kept, gone = User.objects.get(pk=claimant.pk), User.objects.get(pk=holder.pk)
    assert totals(holder, claimant) == before
    stayed = {code: count for code, count in totals(holder).items() if count}
    assert set(stayed) <= {"consents"}
    assert (gone.is_active, gone.merged_into_id, gone.iin, gone.phone) == (False, kept.pk, None, OLD)
    assert (kept.iin, kept.phone, kept.full_name) == (IIN, NEW, "Досымов Кайрат Ануарович")
    (event,) = EventRow.objects.filter(type="person.merged")
    assert event.data["before"] == event.data["after"]
    assert dict(zip(event.data["sections"], event.data["before"], strict=True)) == before
    assert event.data["identity"] == ["iin", "full_name"]
    assert EventRow.objects.get(type="person.merged_away").data["kept_id"] == str(kept.pk)
    assert REASON not in str(event.data) and IIN not in str(event.data)

    browser = office_of(kept)
    assert [row["id"] for row in browser.call("get", "/cases/").json()["items"]] == [str(case.pk)]
    labels = {
        item["actor_label"] for item in browser.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    }
    assert labels <= {"Вы", "Kenes Hub"}  # what the closed account did reads as done by the borrower
    history = office_of(admin).call("get", f"/people/{kept.pk}/history/?limit=100").json()["items"]
    assert REASON in str(history)
    assert {"Запись объединена с другой", "С этой записью объединена другая"} <= {
        row["title"] for row in history
    }


def test_the_closed_account_is_signed_out_and_its_number_lets_nobody_in(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    browser = office_of(holder)
    assert browser.call("get", "/cases/").status_code == 200
    assert merge(admin, claim, claimant).status_code == 200
    assert browser.call("get", "/cases/").status_code == 401
    assert selectors.find_active_by_phone(PhoneNumber.parse(OLD)) is None
    page = office_of(admin).call("get", f"/people/{holder.pk}/").json()
    assert page["merged_into"] == str(claimant.pk)
    assert "reactivate" not in page["allowed_actions"]


def test_one_draft_remains_and_the_other_is_cancelled_with_its_answers(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    drafts = [
        submission.create_draft(actor=selectors.actor_for(person), language="ru")
        for person in (holder, claimant)
    ]
    preview = (
        office_of(admin).call("get", f"/people/duplicates/{claim.pk}/preview/?keep={claimant.pk}").json()
    )
    assert any("черновик" in warning for warning in preview["warnings"])
    assert merge(admin, claim, claimant).status_code == 200
    states = dict(Case.objects.values_list("pk", "status"))
    assert states == {drafts[0].pk: "cancelled", drafts[1].pk: "draft"}
    assert set(Case.objects.values_list("borrower_id", flat=True)) == {claimant.pk}


def test_what_only_one_may_have_stays_or_ends_with_a_warning(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    bank = Organisation.objects.create(kind="creditor", name="Банк", checked_at=clock.now())
    for person in (holder, claimant):
        Membership.objects.create(user=person, organisation=bank)
        PersonalDataRequest.objects.create(kind="erasure", person=person, requested_by=person)
        OneTimeCode.objects.create(
            person=person, purpose="signature", bound_hash="0" * 64, code_hash="1" * 64, tries_limit=5,
            expires_at=clock.now() + timedelta(minutes=5), resend_at=clock.now(),
        )  # fmt: skip
    today = clock.today()
    PowerOfAttorney.objects.create(
        principal=holder, representative=claimant, scope=["view"], valid_from=today, valid_until=today,
        status="active", created_by=holder,
    )  # fmt: skip
    preview = (
        office_of(admin).call("get", f"/people/duplicates/{claim.pk}/preview/?keep={claimant.pk}").json()
    )
    assert len(preview["warnings"]) == 5, preview
    before = totals(holder, claimant)
    assert merge(admin, claim, claimant).status_code == 200
    assert totals(holder, claimant) == before
    assert Membership.objects.filter(user=claimant, ended_at__isnull=True).count() == 1
    assert PersonalDataRequest.objects.filter(person=claimant, status="requested").count() == 1
    assert OneTimeCode.objects.filter(person=claimant, closed_at__isnull=True).count() == 1
    assert PowerOfAttorney.objects.get().status == "revoked"
    kinds = Consent.objects.filter(person=claimant, withdrawn_at=None).values_list("kind", "version")
    assert len(kinds) == len(set(kinds)) > 0


def test_parts_in_one_case_become_one(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        other = make_case(make_borrower("+77075551899", OTHER_IIN, "Третий Человек"))
    for person in (holder, claimant):
        Party.objects.create(case=other, user=person, role="lawyer", added_at=clock.now())
    assert merge(admin, claim, claimant).status_code == 200
    parts = Party.objects.filter(case=other, role="lawyer")
    assert {part.user_id for part in parts} == {claimant.pk}
    assert parts.filter(removed_at__isnull=True).count() == 1


def test_checks_and_findable_words_go_with_the_person(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        case = make_case(holder)
    check = EligibilityCheck.objects.create(
        case=case, questionnaire="x", edition="1", on=clock.today(), verdict="yes", answers={},
        result={}, answered_by=holder, created_at=clock.now(),
    )  # fmt: skip
    note = Comment.objects.create(
        case=case, author=holder, audience="organisation", text="заметка", created_at=clock.now()
    )
    search_index.index_comment(note)
    assert SearchEntry.objects.get(ref_id=note.pk).writer_id == holder.pk
    assert merge(admin, claim, claimant).status_code == 200
    check.refresh_from_db()
    assert check.answered_by_id == Case.objects.get(pk=case.pk).borrower_id == claimant.pk
    assert SearchEntry.objects.get(ref_id=note.pk).writer_id == claimant.pk


def test_keeping_the_older_account_works_too(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    assert merge(admin, claim, holder).status_code == 200
    holder.refresh_from_db()
    assert (holder.iin, holder.phone, holder.is_active) == (IIN, OLD, True)
    assert User.objects.get(pk=claimant.pk).merged_into_id == holder.pk


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_rights_of_staff_never_move_by_merging(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    RoleGrant.objects.create(user=holder, role="supervisor")
    answer = merge(admin, claim, claimant)
    assert refused(answer) == (409, "accounts.merge_refused") and answer.json()["reason"] == "staff"
    assert User.objects.get(pk=holder.pk).is_active
    assert not RoleGrant.objects.filter(user=claimant, role="supervisor").exists()


def test_nobody_merges_his_own_accounts_or_closed_ones(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    RoleGrant.objects.create(user=claimant, role="admin")
    enrol(claimant)
    assert refused(merge(claimant, claim, claimant)) == (409, "accounts.merge_refused")
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert refused(merge(admin, claim, claimant)) == (409, "accounts.merge_refused")
    assert User.objects.get(pk=holder.pk).merged_into_id is None


def test_wrong_merges_are_named(holder: User, claimant: User, claim: DuplicateClaim, admin: User) -> None:
    third = make_borrower("+77075551899", OTHER_IIN, "Третий")
    assert merge(admin, claim, third).json()["errors"][0]["pointer"] == "/keep"
    office = office_of(admin)
    for body in ({}, {"keep": "1", "reason": REASON}, {"keep": str(claimant.pk), "reason": ""}):
        assert office.call("post", f"/people/duplicates/{claim.pk}/merge/", body).status_code == 400
    assert office.call("get", f"/people/duplicates/{claim.pk}/preview/").status_code == 400
    assert refused(office.call("get", f"/people/duplicates/{third.pk}/preview/?keep={third.pk}")) == (
        404, "accounts.duplicate_not_found",
    )  # fmt: skip
    assert User.objects.filter(merged_into__isnull=False).count() == 0


def test_different_people_leave_the_list_for_a_reason(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User
) -> None:
    office = office_of(admin)
    path = f"/people/duplicates/{claim.pk}/dismiss/"
    assert office.call("post", path, {"reason": ""}).status_code == 400
    assert office.call("post", path, {"reason": REASON}).status_code == 204
    assert refused(office.call("post", path, {"reason": REASON})) == (409, "accounts.duplicate_resolved")
    assert refused(merge(admin, claim, claimant)) == (409, "accounts.duplicate_resolved")
    assert office.call("get", "/people/duplicates/").json()["items"] == []
    duplicates.note(claimant_id=claimant.pk, holder_id=holder.pk)
    assert len(office.call("get", "/people/duplicates/").json()["items"]) == 1


def test_a_section_that_loses_rows_undoes_the_merge(
    holder: User, claimant: User, claim: DuplicateClaim, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.demo_today(date(2026, 11, 18)):
        make_case(holder)
    whole = merging._sections["parts_in_cases"]

    def lose(gone_id: UUID, _kept_id: UUID) -> None:
        Party.objects.filter(user_id=gone_id).delete()

    broken = replace(whole, move=lose)
    monkeypatch.setitem(merging._sections, "parts_in_cases", broken)
    with pytest.raises(merging.RowsLost):
        merging.merge(actor=selectors.actor_for(admin), claim_id=claim.pk, keep=claimant.pk, reason=REASON)
    assert Party.objects.exists()
    assert User.objects.get(pk=holder.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_happen_once(transactional_db: None) -> None:
    load_reference_data()
    old, new = make_borrower(OLD, IIN), make_borrower(NEW, OTHER_IIN)
    duplicates.note(claimant_id=new.pk, holder_id=old.pk)
    duplicates.note(claimant_id=old.pk, holder_id=new.pk)
    claims = list(DuplicateClaim.objects.order_by("created_at"))
    chief = selectors.actor_for(make_staff("admin@example.com", Role.ADMIN))

    def run(number: int) -> str:
        try:
            merging.merge(
                actor=chief, claim_id=claims[number % 2].pk, keep=(new, old)[number % 2].pk, reason=REASON
            )
        except KenesError as problem:
            return problem.code
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))
    assert results.count("merged") == 1, results
    assert User.objects.filter(merged_into__isnull=False).count() == 1
    assert EventRow.objects.filter(type="person.merged").count() == 1
