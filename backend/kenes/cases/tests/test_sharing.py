"""People of creditors: two organisations of one case, each sees its own debt and nothing of the other's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Membership, Organisation, Role, User
from kenes.cases import personal_data, selectors, testing
from kenes.cases.answers import sharing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, CaseShare, Obligation
from kenes.cases.search import index as search_index
from kenes.cases.search.words import name_keys, seal
from kenes.cases.tests.people_of_cases import (
    NURBANK,
    SYSTEM,
    actor_of,
    debts_of,
    join,
    letter_arrived,
    officer,
    organisation,
    specialist,
)
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@dataclass(frozen=True)
class Side:
    """One creditor: its organisation, its officer, its debt of the case."""

    body: Organisation
    officer: User
    debt: Obligation

    def secrets(self) -> list[str]:
        creditor = self.debt.creditor
        return [
            creditor.name_ru,
            self.debt.contract_number,
            str(self.debt.pk),
            str(self.debt.total_tiyn),
            str(self.body.pk),
        ]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    made = []
    for number, debt in enumerate(debts_of(case)):
        body = organisation(f"Организация {number}")
        join(debt.creditor, body)
        made.append(Side(body, officer(body, f"+7701555070{number}"), debt))
    return made[0], made[1]


@pytest.fixture
def shared(case: Case, sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """A letter has reached each of the two; the search knows the debts, as it does after a submission."""
    search_index.refresh(case)
    for side in sides:
        letter_arrived(side.debt)
    return sides


def test_before_a_letter_arrives_the_case_does_not_exist_for_the_creditor(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    letter_arrived(other.debt)
    client = api_for(one.officer)
    assert client.call("get", f"/cases/{case.pk}/").status_code == 404
    assert client.call("get", f"/cases/{case.pk}/timeline/").status_code == 404
    assert client.call("get", f"/cases/{case.pk}/parties/").status_code == 404
    assert client.call("get", "/cases/").json()["items"] == []
    assert client.call("post", "/cases/search/", {"query": str(case.number)}).json()["items"] == []
    assert client.call("get", "/cases/counts/").json()["by_status"][case.status] == 0


def test_the_page_shows_the_own_debt_only(
    case: Case, borrower: User, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    for side, other in (shared, shared[::-1]):
        answer = api_for(side.officer).call("get", f"/cases/{case.pk}/")
        page, text = answer.json(), answer.content.decode()
        assert [row["id"] for row in page["obligations"]] == [str(side.debt.pk)]
        assert page["total_tiyn"] == side.debt.total_tiyn
        assert page["creditors"] == [side.debt.creditor.name_ru]
        assert (page["view"], page["masked"], page["allowed_actions"]) == (
            "sent",
            True,
            ["comment_organisation"],
        )
        assert page["borrower_name"] == page["applicant"]["full_name"] == case.borrower_name
        assert page["applicant"]["masked_iin"] and page["applicant"]["masked_phone"]
        for name in (
            "income",
            "hardship",
            "relief",
            "assignee",
            "outcome",
            "resume_on",
            "missed_deadline",
        ):
            assert page[name] is None, name
        assert (page["assets"], page["events"], page["now"], page["version"]) == ([], [], [], 0)
        assert page["applicant"]["email"] is None and page["applicant"]["address"] is None
        assert all(row["obligation_id"] == str(side.debt.pk) for row in page["tracks"])
        assert all(
            row["obligation_id"] == str(side.debt.pk) and row["bound"] != "borrower"
            for row in page["deadlines"]
        )
        for secret in (*other.secrets(), str(borrower.iin), str(borrower.phone), "сократили"):
            assert secret not in text, secret


def test_lists_search_filters_and_counts_tell_nothing_of_the_other(
    case: Case, manager: User, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=manager, urgency=1, next_due=clock.today())
    for side, other in (shared, shared[::-1]):
        client = api_for(side.officer)
        listed = client.call("get", "/cases/")
        row = listed.json()["items"][0]
        assert row["creditors"] == [side.debt.creditor.name_ru]
        assert (row["total_tiyn"], row["urgency"], row["assignee"]) == (side.debt.total_tiyn, 4, None)
        assert (row["next_deadline"], row["missed_deadline"]) == (None, None)
        for secret in other.secrets():
            assert secret not in listed.content.decode()

        def found(query: str, client: Any = client) -> int:
            return len(client.call("post", "/cases/search/", {"query": query}).json()["items"])

        assert found(str(case.number)) == found("Досымов") == found(side.debt.contract_number) == 1
        assert found(side.debt.creditor.name_ru) == 1, side.debt.creditor.name_ru
        assert found(other.debt.contract_number) == found(other.debt.creditor.name_ru) == 0
        assert found("870419390122") == found("+77075551841") == 0

        def listing(query: str, client: Any = client) -> int:
            answer = client.call("get", f"/cases/?{query}")
            assert answer.status_code == 200
            return len(answer.json()["items"])

        assert listing(f"creditor={side.debt.creditor_id}") == 1
        assert listing(f"creditor={other.debt.creditor_id}") == 0
        assert listing(f"status={case.status}") == 1
        for probe in (f"assignee={manager.pk}", "assignee=none", "urgency=1", "urgency=4", "pressing=true",
                      "deadline_before=2030-01-01"):  # fmt: skip
            assert listing(probe) == 0, probe
        counts = client.call("get", "/cases/counts/").json()
        assert counts["by_status"][case.status] == 1
        assert {name: counts[name] for name in ("mine", "unassigned", "overdue_deadlines", "pressing")} == {
            "mine": 0, "unassigned": 0, "overdue_deadlines": 0, "pressing": 0,
        }  # fmt: skip
        pages = client.call("get", "/cases/?sort=next_deadline&limit=1")
        assert pages.status_code == 200 and clock.today().isoformat() not in str(pages.json()["next_cursor"])


def test_the_order_does_not_follow_terms_of_other_debts(
    case: Case, borrower: User, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    second = testing.make_case(borrower)
    letter_arrived(debts_of(second)[0])
    Case.objects.filter(pk=case.pk).update(next_due=date(2026, 11, 19))
    Case.objects.filter(pk=second.pk).update(next_due=date(2027, 11, 19))
    client = api_for(shared[0].officer)
    for sort in ("next_deadline", "urgency", "-created_at"):
        items = client.call("get", f"/cases/?sort={sort}").json()["items"]
        assert [row["id"] for row in items] == [str(second.pk), str(case.pk)]


def test_nothing_is_changed_read_or_followed_beyond_the_page(
    case: Case, manager: User, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    comments.add_comment(actor=actor_of(manager), case_id=case.pk, text="Слова менеджера", audience="public")
    client = api_for(shared[0].officer)
    history = client.call("get", f"/cases/{case.pk}/timeline/").json()
    assert history == {"items": [], "next_cursor": None}
    assert client.call("get", f"/cases/{case.pk}/parties/").json() == {"items": [], "allowed_actions": []}
    assert not selectors.is_visible(actor_of(shared[0].officer), case.pk), (
        "hints tell of the other creditor's letters"
    )
    party = case.parties.get()
    for method, path, body in (
        ("post", "comments/", {"text": "x", "audience": "public"}),
        ("post", "facts/", {"kind": "REFUSED", "date": "2026-11-01"}),
        ("post", "move/", {"action": "cancel", "version": 1, "reason": "x"}),
        ("post", "parties/", {"role": "lawyer", "phone": "+77015550401"}),
        ("post", "reveal/", {"fields": ["iin"], "reason": "x"}),
        ("delete", f"parties/{party.pk}/", None),
        ("get", "draft/", None),
    ):
        status = client.call(method, f"/cases/{case.pk}/{path}", body).status_code
        assert status == (404 if path == "draft/" else 403), (path, status)


def test_access_follows_membership_organisation_and_role(case: Case, shared: tuple[Side, Side]) -> None:
    one = shared[0]

    def sees() -> bool:
        return selectors.cases_visible_to(actor_of(one.officer)).filter(pk=case.pk).exists()

    assert sees()
    Organisation.objects.filter(pk=one.body.pk).update(checked_at=None)
    assert not sees()
    Organisation.objects.filter(pk=one.body.pk).update(checked_at=clock.now(), closed_at=clock.now())
    assert not sees()
    Organisation.objects.filter(pk=one.body.pk).update(closed_at=None)
    assert sees()
    Membership.objects.filter(user=one.officer).update(ended_at=clock.now())
    assert not sees()
    Membership.objects.filter(user=one.officer).update(ended_at=None)
    account_services.revoke_role(actor=SYSTEM, user_id=one.officer.pk, role=Role.CREDITOR_OFFICER)
    assert not sees()


def test_a_lender_that_joins_later_sees_letters_of_before(case: Case, today: date) -> None:
    debt = debts_of(case)[0]
    letter_arrived(debt)
    body = organisation("Новый")
    who = officer(body, "+77015550709", Role.CREDITOR_ADMIN)
    assert not selectors.cases_visible_to(actor_of(who)).exists()
    join(debt.creditor, body)
    assert selectors.cases_visible_to(actor_of(who)).get() == case


def test_a_member_of_the_bank_without_the_role_sees_nothing(case: Case, shared: tuple[Side, Side]) -> None:
    lawyer = specialist("lawyer")
    Membership.objects.create(user=lawyer, organisation=shared[0].body)
    assert not selectors.cases_visible_to(actor_of(lawyer)).exists()


def test_who_works_for_both_sees_both_debts_and_no_more(
    case: Case, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    both = shared[0].officer
    Membership.objects.create(user=both, organisation=shared[1].body)
    page = api_for(both).call("get", f"/cases/{case.pk}/").json()
    assert len(page["obligations"]) == 2
    assert page["income"] is None and page["view"] == "sent"


def test_marks_are_kept_once(case: Case, sides: tuple[Side, Side]) -> None:
    from kenes.foundation.identifiers import new_id

    document_id = new_id()
    for _ in range(2):
        letter_arrived(sides[0].debt, document_id=document_id)
    assert CaseShare.objects.count() == 1
    assert sharing.documents_for(actor_of(sides[0].officer), case) == [document_id]
    assert sharing.documents_for(actor_of(sides[1].officer), case) == []


def test_the_list_of_a_creditor_needs_few_queries_whatever_its_size(
    case: Case, borrower: User, shared: tuple[Side, Side], api_for: ApiFor, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        letter_arrived(debts_of(testing.make_case(borrower))[0])
    client = api_for(shared[0].officer)
    client.call("get", "/cases/")
    with django_assert_max_num_queries(13):
        assert len(client.call("get", "/cases/").json()["items"]) == 4


def test_an_anonymous_case_is_anonymous_for_creditors_too(
    case: Case, shared: tuple[Side, Side], api_for: ApiFor
) -> None:
    personal_data.mask_case(Case.objects.get(pk=case.pk))
    texts = list(CaseShare.objects.filter(case=case).values_list("words", flat=True))
    for secret in ("досымов", "4417", "777", *(seal(key) for key in name_keys("Досымов"))):
        assert not any(secret in text for text in texts)
    found = api_for(shared[0].officer).call("post", "/cases/search/", {"query": "Досымов"}).json()
    assert found["items"] == []
