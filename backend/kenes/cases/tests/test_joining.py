"""Merging and splitting cases: what goes over, who may, what is refused, and that nothing is lost in a race."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.collaboration import case_parts, comments, joining, links, splitting, tags
from kenes.cases.errors.cases import CaseChangedMeanwhile
from kenes.cases.errors.links import CaseIsMerged, MergeRefused, SplitRefused
from kenes.cases.models import Case, CaseLink, Comment, Obligation, Party, Track
from kenes.cases.tests.people_of_cases import NURBANK, actor_of, specialist
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import Forbidden

Api = Callable[[User], Any]


@pytest.fixture
def pair(borrower: User, manager: User, today: date) -> tuple[Case, Case]:
    """Two cases of one borrower with the same manager: (the one to keep, its double)."""
    first = testing.make_case(borrower)
    second = testing.make_case(borrower, obligations=[NURBANK])
    Case.objects.update(assignee=manager)
    return Case.objects.get(pk=first.pk), Case.objects.get(pk=second.pk)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def merge(user: User, kept: Case, gone: Case) -> Case:
    return joining.merge_cases(
        actor=actor_of(user), case_id=kept.pk, gone_id=gone.pk, reason="подал дважды",
        version=fresh(kept).version, gone_version=fresh(gone).version,
    )  # fmt: skip


def test_everything_goes_over_and_both_numbers_lead_to_the_kept_case(
    pair: tuple[Case, Case], borrower: User, manager: User, supervisor: User, api_for: Api
) -> None:
    kept, gone = pair
    lawyer = specialist("lawyer")
    Party.objects.create(case=gone, user=lawyer, role="lawyer", added_at=clock.now())
    note = comments.add_comment(
        actor=actor_of(manager), case_id=gone.pk, text="из второго", audience="internal"
    )
    tag = tags.create_tag(actor=actor_of(supervisor), name="важно", colour="red")
    for case in pair:
        tags.change_tags(actor=actor_of(manager), case_id=case.pk, add=[tag.pk])
    links.link_cases(actor=actor_of(manager), case_id=kept.pk, number=gone.number or "", kind="related")
    before = {
        section.code: section.count(kept.pk) + section.count(gone.pk) for section in case_parts.in_order()
    }
    total = kept.total_tiyn + gone.total_tiyn
    merge(manager, kept, gone)
    after = {section.code: section.count(kept.pk) for section in case_parts.in_order()}
    lost = {code for code, count in before.items() if after[code] < count}
    assert lost <= {"tags", "links", "parties", "procedures", "words", "seen"}, (
        f"only doubles may vanish: {lost}"
    )
    closed = fresh(gone)
    assert (closed.status, closed.outcome, closed.merged_into_id) == ("closed", "DUPLICATE", kept.pk)
    assert fresh(kept).total_tiyn == total
    assert list(
        Obligation.objects.filter(case=kept).order_by("position").values_list("position", flat=True)
    ) == [0, 1]
    assert Comment.objects.get(pk=note.pk).case_id == kept.pk
    assert Party.objects.filter(case=kept, role="lawyer", removed_at__isnull=True).exists()
    assert not CaseLink.objects.exists()
    for user in (borrower, manager, supervisor, lawyer):
        client = api_for(user)
        assert client.call("get", f"/cases/{gone.pk}/").json()["id"] == str(kept.pk)
        assert [row["id"] for row in client.call("get", "/cases/").json()["items"]] == [str(kept.pk)]
    staff = api_for(manager)
    for number in (kept.number, gone.number):
        found = staff.call("post", "/cases/search/", {"query": number}).json()["items"]
        assert [row["id"] for row in found] == [str(kept.pk)], number


def test_one_history_shows_both_in_order(
    pair: tuple[Case, Case], borrower: User, manager: User, api_for: Api
) -> None:
    kept, gone = pair
    for case, text in ((kept, "раз"), (gone, "два"), (kept, "три")):
        comments.add_comment(actor=actor_of(borrower), case_id=case.pk, text=text, audience="public")
    merge(manager, kept, gone)
    lines = api_for(borrower).call("get", f"/cases/{gone.pk}/timeline/?limit=100").json()["items"]
    assert [line["text"] for line in lines if line["kind"] == "comment"] == ["три", "два", "раз"]
    assert lines[0]["title"] in {f"Дело {gone.number} объединено с этим", f"Объединено с делом {kept.number}"}
    assert "подал дважды" not in str(lines), "why staff did it is told to staff"
    assert {line["source_number"] for line in lines} == {None, gone.number}
    times = [line["at"] for line in lines]
    assert times == sorted(times, reverse=True)
    inside = api_for(manager).call("get", f"/cases/{kept.pk}/timeline/?limit=100").json()["items"]
    assert "подал дважды" in {line["text"] for line in inside}


def test_the_merged_case_takes_no_more_changes_and_the_system_goes_on_in_the_kept_one(
    pair: tuple[Case, Case], manager: User
) -> None:
    kept, gone = pair
    track = Track.objects.filter(case=gone, obligation__isnull=False).first()
    assert track is not None
    merge(manager, kept, gone)
    with pytest.raises(CaseIsMerged) as refused:
        services.assign_case(actor=actor_of(manager), case_id=gone.pk, assignee_id=None, version=1)
    assert refused.value.extra == {"kept_id": str(kept.pk), "kept_number": kept.number}
    late = comments.add_comment(actor=actor_of(manager), case_id=gone.pk, text="вслед", audience="internal")
    assert late.case_id == kept.pk
    on = date(2026, 11, 10)
    fact = services.record_fact(actor=SystemActor("test"), case_id=gone.pk, kind="COURT_DATE", on=on)
    assert fact.case_id == kept.pk


def test_a_chain_of_merges_leads_to_the_last_one(
    pair: tuple[Case, Case], borrower: User, manager: User, api_for: Api
) -> None:
    first, second = pair
    third = testing.make_case(borrower, obligations=[{**NURBANK, "contract_number": "NB-3"}])
    Case.objects.filter(pk=third.pk).update(assignee=manager)
    merge(manager, second, first)
    merge(manager, third, second)
    assert {fresh(first).merged_into_id, fresh(second).merged_into_id} == {third.pk}
    lines = api_for(manager).call("get", f"/cases/{first.pk}/timeline/?limit=100").json()["items"]
    assert {line["source_number"] for line in lines} == {None, first.number, second.number}


def test_refusals_have_reasons(
    pair: tuple[Case, Case], borrower: User, manager: User, other_manager: User, api_for: Api
) -> None:
    kept, gone = pair
    stranger = testing.make_borrower("+77075551999", "900101300007", "Другой Человек")
    foreign = testing.make_case(stranger)
    Case.objects.filter(pk=foreign.pk).update(assignee=manager)
    with pytest.raises(MergeRefused) as refused:
        merge(manager, kept, foreign)
    assert refused.value.extra == {"reason": "other_borrower"}
    shown = api_for(manager).call("post", f"/cases/{kept.pk}/merge/preview/", {"number": foreign.number})
    assert shown.json()["refusal"] == "other_borrower"
    with pytest.raises(MergeRefused):
        merge(manager, kept, kept)
    with pytest.raises(CaseChangedMeanwhile):
        joining.merge_cases(
            actor=actor_of(manager), case_id=kept.pk, gone_id=gone.pk, reason="x", version=1000,
            gone_version=gone.version,
        )  # fmt: skip
    assert (
        api_for(borrower).call("post", f"/cases/{kept.pk}/merge/preview/", {"number": "x"}).status_code == 403
    )
    assert (
        api_for(other_manager)
        .call("post", f"/cases/{kept.pk}/merge/preview/", {"number": gone.number})
        .status_code
        == 404
    )
    merge(manager, kept, gone)
    with pytest.raises(CaseIsMerged):
        merge(manager, gone, kept)


def test_the_same_contract_stays_as_two_debts_and_the_preview_says_so(
    borrower: User, manager: User, today: date, api_for: Api
) -> None:
    first, second = testing.make_case(borrower), testing.make_case(borrower)
    Case.objects.update(assignee=manager)
    shown = (
        api_for(manager).call("post", f"/cases/{first.pk}/merge/preview/", {"number": second.number}).json()
    )
    assert (shown["refusal"], shown["gone"]["number"]) == ("", second.number)
    assert any("4417/кр-2024" in text for text in shown["warnings"])
    assert {"debts", "facts", "procedures"} <= {row["code"] for row in shown["sections"]}
    body = {
        "gone_id": shown["gone"]["id"], "reason": "два раза", "version": shown["kept"]["version"],
        "gone_version": shown["gone"]["version"],
    }  # fmt: skip
    answer = api_for(manager).call("post", f"/cases/{first.pk}/merge/", body)
    assert answer.json() == {"id": str(first.pk), "number": first.number}
    assert Obligation.objects.filter(case=first).count() == 2


def test_every_foreign_key_to_a_case_is_decided() -> None:
    assert case_parts.columns_to(Case) - case_parts.decided_columns() == set(), (
        "say how these go over in a merge"
    )
    assert case_parts.decided_columns() - case_parts.columns_to(Case) == set(), "these are no more"


def test_rows_of_debts_and_procedures_hang_on_nothing_else() -> None:
    """Rows that name a debt or a procedure either name the case too, and are moved, or follow by the id alone."""
    direct = {column.rpartition(".")[0] for column in case_parts.columns_to(Case)}
    by_id = {
        column.rpartition(".")[0] for model in (Obligation, Track) for column in case_parts.columns_to(model)
    }
    for label in by_id & direct:
        assert f"{label}.case" in case_parts.decided_columns(), label


def test_chosen_debts_get_a_case_of_their_own(
    borrower: User, manager: User, today: date, api_for: Api
) -> None:
    case = testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])
    Case.objects.update(assignee=manager)
    case = fresh(case)
    second = case.obligations.get(position=1)
    staff = api_for(manager)
    shown = staff.call(
        "post", f"/cases/{case.pk}/split/preview/", {"obligation_ids": [str(second.pk)]}
    ).json()
    assert shown["refusal"] == "" and shown["sections"][0] == {"code": "debts", "label": "Долги", "count": 1}
    body = {"obligation_ids": [str(second.pk)], "reason": "отдельный спор", "version": case.version}
    answer = staff.call("post", f"/cases/{case.pk}/split/", body)
    child = Case.objects.get(pk=answer.json()["id"])
    assert answer.status_code == 201 and child.number != case.number
    assert list(child.obligations.values_list("pk", "position")) == [(second.pk, 0)]
    assert not second.facts.exclude(case=child).exists() and not second.tracks.exclude(case=child).exists()
    assert child.total_tiyn + fresh(case).total_tiyn == case.total_tiyn
    (link,) = staff.call("get", f"/cases/{child.pk}/links/").json()["items"]
    assert (link["kind"], link["number"]) == ("parent", case.number)
    assert api_for(borrower).call("get", f"/cases/{child.pk}/").status_code == 200
    assert EventRow.objects.filter(type="case.split_off", data__debts=1).exists()
    with pytest.raises(SplitRefused):
        splitting.split_case(
            actor=actor_of(manager), case_id=child.pk, obligation_ids=[second.pk], reason="x",
            version=fresh(child).version,
        )  # fmt: skip
    with pytest.raises(Forbidden):
        splitting.preview(actor=actor_of(borrower), case_id=case.pk, obligation_ids=[])


def _together(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own with its own connection; what each gave or raised."""
    results: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = act()
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
class TestRaces:
    """Real threads on PostgreSQL: whoever comes second waits, then sees what the first has done."""

    @pytest.fixture
    def both(self, transactional_db: None, reference: None) -> tuple[Case, Case, User]:
        from kenes.cases.tests.conftest import TODAY, make_staff

        with clock.demo_today(TODAY):
            borrower = testing.make_borrower()
            first = testing.make_case(borrower)
            second = testing.make_case(borrower, obligations=[NURBANK])
        manager = make_staff("race@example.com", "manager")  # type: ignore[arg-type]
        Case.objects.update(assignee=manager)
        return fresh(first), fresh(second), manager

    def test_comments_written_while_cases_merge_are_all_in_the_kept_one(
        self, both: tuple[Case, Case, User]
    ) -> None:
        kept, gone, manager = both
        actor = actor_of(manager)

        def write(number: int) -> Callable[[], object]:
            case = gone if number % 2 else kept
            return lambda: comments.add_comment(
                actor=actor, case_id=case.pk, text=f"слово {number}", audience="internal"
            )

        results = _together(*[write(number) for number in range(6)], lambda: merge(manager, kept, gone))
        assert [result for result in results if isinstance(result, Exception)] == []
        assert set(Comment.objects.values_list("case_id", flat=True)) == {kept.pk}
        assert Comment.objects.count() == 6

    def test_of_two_merges_against_each_other_one_wins(self, both: tuple[Case, Case, User]) -> None:
        one, other, manager = both
        results = _together(lambda: merge(manager, one, other), lambda: merge(manager, other, one))
        refused = [result for result in results if isinstance(result, Exception)]
        assert [type(problem) for problem in refused] in ([CaseIsMerged], [CaseChangedMeanwhile])
        assert Case.objects.filter(merged_into__isnull=True).count() == 1
        (kept,) = Case.objects.filter(merged_into__isnull=True)
        assert kept.obligations.count() == 2
        assert EventRow.objects.filter(type="case.merged").count() == 1

    def test_a_move_and_a_merge_do_not_cross(self, both: tuple[Case, Case, User]) -> None:
        kept, gone, manager = both
        versions = (kept.version, gone.version)
        results = _together(
            lambda: services.assign_case(
                actor=actor_of(manager), case_id=gone.pk, assignee_id=None, version=versions[1]
            ),
            lambda: joining.merge_cases(
                actor=actor_of(manager), case_id=kept.pk, gone_id=gone.pk, reason="x", version=versions[0],
                gone_version=versions[1],
            ),
        )  # fmt: skip
        refused = [result for result in results if isinstance(result, Exception)]
        assert len(refused) == 1
        merged = fresh(gone).merged_into_id is not None
        assert isinstance(refused[0], CaseIsMerged if merged else CaseChangedMeanwhile | MergeRefused)
