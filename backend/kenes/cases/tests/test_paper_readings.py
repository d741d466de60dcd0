"""What a given paper says is offered to people; nothing of the case changes before one of them confirms it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.cases import personal_data, services, testing
from kenes.cases.models import Case, MissingPaper, Obligation, PaperFinding, PaperReading
from kenes.cases.tests.test_paper_files import upload
from kenes.cases.tracks import paper_readings
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.files.texts_models import FileText, FileTextPage
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id
from kenes.foundation.personal_data import Subject
from kenes.outbox.models import OutboxRow

STATEMENT = """АО «Банк ЦентрКредит»
СПРАВКА О ЗАДОЛЖЕННОСТИ
По договору банковского займа № {number} от 14.05.2024 г. по состоянию на 18.11.2026:
Основной долг: 1 400 000,00 тенге
Вознаграждение: 80 000,00 тенге
Неустойка: 3 000,50 тенге
Итого задолженность: 1 483 000,50 тенге
Заемщик ИИН 900101300007"""
Read = Callable[[str], Case]


@pytest.fixture
def case(borrower: User, manager: User, today: date) -> Case:
    made = testing.make_case(borrower)
    current = Case.objects.get(pk=made.pk)
    services.assign_case(
        actor=actor_for(manager), case_id=made.pk, assignee_id=manager.pk, version=current.version
    )
    return Case.objects.get(pk=made.pk)


@pytest.fixture
def debt(case: Case) -> Obligation:
    return case.obligations.order_by("position")[0]


@pytest.fixture
def read(case: Case, borrower: User, api_for: Any) -> Read:
    """A paper with this text was given, checked and read."""

    def make(text: str) -> Case:
        paper = MissingPaper.objects.create(
            case=case, code="DEBT_STATEMENT", origin="checklist", title="Справка", asked_at=clock.now()
        )
        index = list(case.missing_papers.order_by("asked_at", "pk")).index(paper)
        assert upload(api_for(borrower), case, index).status_code == 200
        paper.refresh_from_db()
        OutboxRow.objects.all().delete()
        StoredFile.objects.filter(pk=paper.file_id).update(scan="clean")
        row = FileText.objects.create(file_id=paper.file_id, state="ready", started_at=clock.now())
        FileTextPage.objects.create(of=row, page=1, content={"text": "Сопроводительное письмо", "words": []})
        FileTextPage.objects.create(of=row, page=2, content={"text": text, "words": []})
        assert paper.file_id is not None
        assert paper_readings.take_text(paper.file_id) is not None
        assert paper_readings.take_text(paper.file_id) is None
        return case

    return make


def shown(client: Any, case: Case) -> dict[str, Any]:
    page: dict[str, Any] = client.call("get", f"/cases/{case.pk}/readings/").json()
    return page


def finding(client: Any, case: Case, field: str) -> dict[str, Any]:
    found = [item for row in shown(client, case)["items"] for item in row["findings"]]
    return next(item for item in found if item["field"] == field)


def decide(client: Any, case: Case, item: dict[str, Any], **body: Any) -> Any:
    return client.call("post", f"/cases/{case.pk}/findings/{item['id']}/", body)


def test_findings_are_offered_with_quote_page_and_comparison(
    read: Read, debt: Obligation, borrower: User, api_for: Any
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    before = Obligation.objects.values().get(pk=debt.pk)
    page = shown(api_for(borrower), case)
    row = page["items"][0]
    assert (row["kind"], row["kind_label"], row["kind_fits"]) == (
        "DEBT_STATEMENT",
        "Справка о задолженности",
        True,
    )
    found = {item["field"]: item for item in row["findings"]}
    number = found["contract_number"]
    assert (number["value"]["text"], number["fits"], number["page"]) == (debt.contract_number, "same", 2)
    assert debt.contract_number in number["quote"]
    split = found["split"]
    assert split["value"]["split"] == {
        "as_of": "2026-11-18", "principal_tiyn": 140_000_000, "interest_tiyn": 8_000_000, "penalty_tiyn": 300_050,
        "fees_tiyn": None, "overdue_tiyn": None, "total_tiyn": 148_300_050,
    }  # fmt: skip
    assert (split["fits"], split["present"]["split"]["principal_tiyn"]) == ("differs", debt.principal_tiyn)
    identity = found["identity"]
    assert (identity["fits"], identity["compared_only"]) == ("differs", True)
    assert identity["present"]["text"].startswith("••••")
    assert all(item["state"] == "offered" for item in found.values())
    assert page["open_findings"] == len(found)
    assert Obligation.objects.values().get(pk=debt.pk) == before


def test_a_confirmed_split_becomes_that_of_the_debt(
    read: Read, debt: Obligation, borrower: User, api_for: Any
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    own = api_for(borrower)
    answer = decide(own, case, finding(own, case, "split"), decision="confirm")
    assert answer.status_code == 200, answer.json()
    debt.refresh_from_db()
    assert (debt.principal_tiyn, debt.interest_tiyn, debt.penalty_tiyn) == (140_000_000, 8_000_000, 300_050)
    split = debt.splits.get(as_of=date(2026, 11, 18), superseded_at=None)
    assert split.source == "borrower"
    row = PaperFinding.objects.get(field="split")
    assert (row.state, row.decided_by_id) == ("confirmed", borrower.pk)
    again = decide(own, case, finding(own, case, "split"), decision="confirm")
    assert (again.status_code, again.json()["code"]) == (409, "case.finding_decided")
    said = EventRow.objects.get(type="case.finding_decided").data
    assert said["decision"] == "confirmed" and "140" not in str(said)
    titles = [item["title"] for item in own.call("get", f"/cases/{case.pk}/timeline/").json()["items"]]
    assert "Значение из документа подтверждено" in titles


def test_staff_confirm_another_number_and_dates_become_facts(
    read: Read, debt: Obligation, manager: User, api_for: Any
) -> None:
    case = read(
        "ИСПОЛНИТЕЛЬНАЯ НАДПИСЬ\nСовершена 05.11.2026 года, зарегистрировано в реестре за № 7712.\n"
        f"Предлагаю взыскать по договору № {debt.contract_number}\nДата получения: 12.11.2026"
    )
    staff = api_for(manager)
    number = finding(staff, case, "contract_number")
    answer = decide(
        staff, case, number, decision="confirm", value={"text": "НОВ-1/26"}, obligation_id=str(debt.pk)
    )
    assert answer.status_code == 200, answer.json()
    debt.refresh_from_db()
    assert debt.contract_number == "НОВ-1/26"
    assert PaperFinding.objects.get(field="contract_number").state == "changed"
    facts = [
        item for row in shown(staff, case)["items"] for item in row["findings"] if item["field"] == "fact"
    ]
    received = next(item for item in facts if item["value"]["on"] == "2026-11-12")
    assert received["label"] == "Получена копия исполнительной надписи", received["label"]
    assert decide(staff, case, received, decision="confirm").status_code == 200
    fact = case.facts.get(kind="INSCRIPTION_RECEIVED", superseded_at=None)
    assert (fact.on, fact.source, fact.obligation_id) == (date(2026, 11, 12), "document", debt.pk)


def test_dismissing_changes_nothing(read: Read, debt: Obligation, borrower: User, api_for: Any) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    before = Obligation.objects.values().get(pk=debt.pk)
    own = api_for(borrower)
    for field in ("split", "identity", "lender"):
        assert decide(own, case, finding(own, case, field), decision="dismiss").status_code == 200
    assert Obligation.objects.values().get(pk=debt.pk) == before
    item = finding(own, case, "contract_date")
    assert (
        decide(own, case, {"id": finding(own, case, "contract_number")["id"]}, decision="dismiss").status_code
        == 200
    )
    assert item["state"] == "offered"


def test_values_that_are_only_compared_are_not_taken_over(
    read: Read, debt: Obligation, borrower: User, api_for: Any
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    own = api_for(borrower)
    answer = decide(own, case, finding(own, case, "identity"), decision="confirm")
    assert answer.json()["code"] == "case.finding_only_compared"
    borrower.refresh_from_db()
    assert borrower.iin != "900101300007"


def test_the_debt_is_asked_where_the_paper_does_not_tell(
    case: Case, read: Read, debt: Obligation, borrower: User, api_for: Any
) -> None:
    twin = Obligation.objects.get(pk=debt.pk)
    twin.id, twin.position, twin.contract_number = new_id(), 90, "ДРУГОЙ-1"
    twin.save(force_insert=True)
    read("Договор № НЕЧТО-77/25\nСправка о задолженности\nОсновной долг 500 000 тенге на дату 01.11.2026")
    own = api_for(borrower)
    item = finding(own, case, "contract_number")
    assert (item["obligation_id"], item["fits"]) == (None, "unknown")
    answer = decide(own, case, item, decision="confirm")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/obligation_id"]
    stranger_debt = "00000000-0000-4000-8000-000000000000"
    assert decide(own, case, item, decision="confirm", obligation_id=stranger_debt).status_code == 400
    assert decide(own, case, item, decision="confirm", obligation_id=str(twin.pk)).status_code == 200
    twin.refresh_from_db()
    assert twin.contract_number == "НЕЧТО-77/25"


def test_strangers_see_and_decide_nothing(
    read: Read,
    debt: Obligation,
    manager: User,
    other_manager: User,
    admin: User,
    borrower: User,
    api_for: Any,
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    item = finding(api_for(borrower), case, "contract_number")
    stranger = testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")
    for person in (stranger, other_manager):
        assert api_for(person).call("get", f"/cases/{case.pk}/readings/").status_code == 404
        assert decide(api_for(person), case, item, decision="confirm").status_code == 404
    assert api_for(admin).call("get", f"/cases/{case.pk}/readings/").status_code in {403, 404}
    assert decide(api_for(admin), case, item, decision="dismiss").status_code in {403, 404}
    assert PaperFinding.objects.exclude(state="offered").count() == 0
    other = testing.make_case(stranger)
    answer = api_for(stranger).call(
        "post", f"/cases/{other.pk}/findings/{item['id']}/", {"decision": "dismiss"}
    )
    assert answer.json()["code"] == "case.finding_not_found"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"decision": "eat"}, {"decision": "confirm", "value": 5}, {"decision": "confirm", "value": {"text": "\x00"}},
        {"decision": "confirm", "value": {"tiyn": 10**30}}, {"decision": "confirm", "value": {"on": "31.02.2026"}},
        {"decision": "confirm", "obligation_id": "x"}, {"decision": "confirm", "value": {"text": "\ud800"}},
        {"decision": "confirm", "value": {"percent": "NaN"}}, {"decision": "confirm", "value": {"split": []}},
    ],
)  # fmt: skip
def test_bad_input_is_told(body: Any, read: Read, debt: Obligation, borrower: User, api_for: Any) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    own = api_for(borrower)
    item = finding(own, case, "contract_number")
    assert own.call("post", f"/cases/{case.pk}/findings/{item['id']}/", body).status_code == 400
    assert PaperFinding.objects.exclude(state="offered").count() == 0


def test_a_replaced_file_takes_its_open_questions_along(
    read: Read, debt: Obligation, borrower: User, api_for: Any
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    own = api_for(borrower)
    decide(own, case, finding(own, case, "split"), decision="dismiss")
    index = [row.code for row in case.missing_papers.order_by("asked_at", "pk")].index("DEBT_STATEMENT")
    upload(own, case, index)
    left = list(PaperFinding.objects.values_list("field", "state"))
    assert left == [("split", "dismissed")]


def test_the_list_costs_the_same_for_many_findings(
    read: Read, debt: Obligation, borrower: User, api_for: Any, django_assert_max_num_queries: Any
) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    own = api_for(borrower)
    with django_assert_max_num_queries(16) as few:
        shown(own, case)
    row = PaperReading.objects.get()
    for number in range(20, 50):
        row.findings.create(position=number, field="rate", found={"percent": "10"}, obligation=debt)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert shown(own, case)["open_findings"] > 30


def test_erasure_and_copy_know_what_was_read(read: Read, debt: Obligation, borrower: User) -> None:
    case = read(STATEMENT.format(number=debt.contract_number))
    copied = personal_data.copy(Subject(person_id=borrower.pk)).data
    assert "140000000" in str(copied)
    personal_data.mask_case(Case.objects.select_for_update().get(pk=case.pk))
    assert PaperReading.objects.count() == 0
    assert FileText.objects.count() == 0
