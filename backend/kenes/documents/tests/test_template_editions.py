"""Editions of templates: who may do what, in which order, and that nothing that was in force ever changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copy, copytree

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kenes.accounts.models import Role, User
from kenes.accounts.selectors import actor_for
from kenes.accounts.testing import an_actor
from kenes.documents.authoring.build import FOLDER
from kenes.documents.editing import editions, versions
from kenes.documents.editing.editions import version_on
from kenes.documents.editing.errors import (
    TemplateAnotherScheduled,
    TemplateChangedMeanwhile,
    TemplateFileRefused,
    TemplateMovedOn,
    TemplateNotFound,
    TemplateRemarksOpen,
    TemplateSame,
    TemplateSecondPerson,
    TemplateState,
)
from kenes.documents.models import TemplateVersion
from kenes.documents.tests import templates
from kenes.documents.tests.templates import CODE, LANGUAGE
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldErrors, Forbidden

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _day(today: date, reference: None) -> None:
    """On a fixed day, with the templates of the repository published."""


@pytest.fixture
def editor() -> Actor:
    return templates.person(Role.CONTENT_EDITOR)[1]


@pytest.fixture
def chief() -> Actor:
    return templates.person(Role.SUPERVISOR)[1]


def told(version: TemplateVersion) -> list[str]:
    rows = EventRow.objects.filter(stream__subject_id=version.pk).order_by("seq")
    return [row.type.removeprefix("template.") for row in rows]


def test_an_edition_goes_from_draft_to_force_and_ends_the_one_before(editor: Actor, chief: Actor) -> None:
    before = version_on(CODE, LANGUAGE, TODAY)
    version = templates.approved(editor, chief)
    assert (version.state, version.effective_from) == ("in_force", TODAY)
    before.refresh_from_db()
    assert (before.state, before.effective_to) == ("ended", TODAY)
    assert version_on(CODE, LANGUAGE, TODAY).pk == version.pk
    assert version_on(CODE, LANGUAGE, TODAY - timedelta(days=1)).pk == before.pk
    assert told(version)[:2] == ["drafted", "proposed"]
    assert told(version)[-2:] == ["approved", "in_force"]


def test_what_is_not_approved_is_never_used(editor: Actor, chief: Actor) -> None:
    before = version_on(CODE, LANGUAGE, TODAY)
    version = templates.proposed(editor)
    assert version_on(CODE, LANGUAGE, TODAY + timedelta(days=900)).pk == before.pk
    versions.reject_version(actor=chief, version_id=version.pk, revision=version.revision, note="Нет")
    assert version_on(CODE, LANGUAGE, TODAY + timedelta(days=900)).pk == before.pk


def test_who_wrote_an_edition_cannot_approve_it(chief: Actor) -> None:
    user = User.objects.get(pk=str(chief.user_id))
    both = an_actor("supervisor", "content_editor", user_id=user.pk)
    version = templates.proposed(both)
    with pytest.raises(TemplateSecondPerson):
        versions.approve_version(actor=both, version_id=version.pk, revision=version.revision)
    version.refresh_from_db()
    assert version.state == "proposed"
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(
            state="approved", decided_by=user, effective_from=TODAY
        )


def test_only_editors_write_and_only_approvers_decide(editor: Actor, chief: Actor) -> None:
    version = templates.proposed(editor)
    manager = templates.person(Role.MANAGER)[1]
    with pytest.raises(Forbidden):
        versions.approve_version(
            actor=an_actor("content_editor", user_id=templates.person(Role.CONTENT_EDITOR, "e2@example.com")[0].pk),
            version_id=version.pk, revision=version.revision,
        )  # fmt: skip
    with pytest.raises(Forbidden):
        versions.draft_version(
            actor=chief,
            code=CODE,
            language=LANGUAGE,
            docx=templates.edited("Просьба", "Прошу"),
            file_name="a",
        )
    with pytest.raises(TemplateNotFound):
        versions.get_version(actor=manager, version_id=version.pk)
    assert "approve" not in versions.allowed_actions(editor, version)
    assert {"approve", "reject"} <= set(versions.allowed_actions(chief, version))


def test_remarks_for_lawyers_are_ticked_one_by_one_before_approval(editor: Actor, chief: Actor) -> None:
    made = versions.draft_version(
        actor=editor, code="BANK_SECRECY_CONSENT", language="ru", file_name="b.docx",
        docx=templates.edited("СОГЛАСИЕ", "Согласие", (FOLDER / "BANK_SECRECY_CONSENT" / "ru.docx").read_bytes()),
    )  # fmt: skip
    version = versions.propose_version(actor=editor, version_id=made.pk, revision=made.revision, note="x")
    assert len(version.remarks) >= 3
    for remark in version.remarks[:-1]:
        version = versions.check_remark(
            actor=chief, version_id=version.pk, revision=version.revision, remark=remark["id"], checked=True
        )
    with pytest.raises(TemplateRemarksOpen) as refused:
        versions.approve_version(actor=chief, version_id=version.pk, revision=version.revision)
    assert refused.value.extra["remarks"] == [version.remarks[-1]["id"]]
    with pytest.raises(FieldErrors):
        versions.check_remark(
            actor=chief, version_id=version.pk, revision=version.revision, remark="nothing", checked=True
        )
    version = templates.ticked(chief, version)
    done = versions.approve_version(actor=chief, version_id=version.pk, revision=version.revision)
    assert done.state == "in_force"


def test_another_file_makes_a_draft_of_it_again(editor: Actor, chief: Actor) -> None:
    version = templates.ticked(chief, templates.proposed(editor))
    seen = version.revision
    version = versions.replace_file(
        actor=editor,
        version_id=version.pk,
        revision=seen,
        docx=templates.edited("Просьба", "Прошу"),
        file_name="c",
    )
    assert (version.state, version.checks) == ("draft", {})
    with pytest.raises(TemplateState):
        versions.approve_version(actor=chief, version_id=version.pk, revision=version.revision)
    with pytest.raises(TemplateChangedMeanwhile):
        versions.propose_version(actor=editor, version_id=version.pk, revision=seen, note="x")


def test_a_scheduled_edition_waits_for_its_day_and_may_be_taken_back_before(
    editor: Actor, chief: Actor
) -> None:
    before = version_on(CODE, LANGUAGE, TODAY)
    day = TODAY + timedelta(days=14)
    version = templates.approved(editor, chief, effective_from=day)
    assert (version.state, version.effective_from) == ("approved", day)
    assert version_on(CODE, LANGUAGE, day - timedelta(days=1)).pk == before.pk
    assert version_on(CODE, LANGUAGE, day).pk == version.pk, "the day counts, not the timer"
    assert versions.switch_on_due() == 0
    other = templates.ticked(chief, templates.proposed(editor, templates.edited("Просьба", "Прошу")))
    with pytest.raises(TemplateAnotherScheduled):
        versions.approve_version(actor=chief, version_id=other.pk, revision=other.revision)
    with clock.demo_today(day):
        with pytest.raises(TemplateState):
            versions.withdraw_version(actor=editor, version_id=version.pk, revision=version.revision)
        assert versions.switch_on_due() == 1
        assert versions.switch_on_due() == 0
    version.refresh_from_db()
    before.refresh_from_db()
    assert (version.state, before.state, before.effective_to) == ("in_force", "ended", day)
    with clock.demo_today(day), pytest.raises(TemplateMovedOn):
        versions.approve_version(actor=chief, version_id=other.pk, revision=other.revision)


def test_days_that_cannot_be_are_refused_at_their_field(editor: Actor, chief: Actor) -> None:
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=5000)):
        with pytest.raises(FieldErrors) as refused:
            templates.proposed(editor, effective_from=day)
        assert refused.value.errors[0].pointer == "/effective_from"


def test_the_edition_in_force_is_not_kept_a_second_time(editor: Actor) -> None:
    with pytest.raises(TemplateSame):
        versions.draft_version(
            actor=editor, code=CODE, language=LANGUAGE, docx=templates.good(), file_name="same.docx"
        )
    with pytest.raises(TemplateNotFound):
        versions.draft_version(actor=editor, code=CODE, language="both", docx=templates.good(), file_name="x")


def test_a_refused_file_is_not_kept(editor: Actor) -> None:
    count = TemplateVersion.objects.count()
    with pytest.raises(TemplateFileRefused) as refused:
        versions.draft_version(
            actor=editor, code=CODE, language=LANGUAGE, file_name="x",
            docx=templates.docx_with("{{ borower.name }}", "{% if debt.since %}", "{{ contract.date|wrds }}"),
        )  # fmt: skip
    problems = refused.value.extra["problems"]
    assert {one["code"] for one in problems if one["severity"] == "error"} == {
        "variable_unknown", "block_open", "filter_unknown",
    }  # fmt: skip
    assert TemplateVersion.objects.count() == count


@pytest.mark.parametrize(
    "change",
    [
        {"docx": b"x"}, {"sha256": "0" * 64}, {"version": 77}, {"effective_from": date(2020, 1, 1)}, {"state": "draft"},
        {"note": "another"}, {"author": None, "origin": "product"}, {"checks": {"a": 1}},
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_in_force(editor: Actor, chief: Actor, change: dict[str, object]) -> None:
    version = templates.approved(editor, chief)
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(code=CODE, language=LANGUAGE, state="ended").update(
            effective_to=TODAY + timedelta(1)
        )


def test_an_update_of_the_product_never_writes_over_what_people_made(
    editor: Actor, chief: Actor, tmp_path: Path
) -> None:
    ours = templates.approved(editor, chief)
    folder = copytree(FOLDER, tmp_path / "templates")
    copy(folder / "RESTRUCT_MFO" / "ru.docx", folder / CODE / "ru.docx")
    assert editions.publish_from_files(folder) == 1
    assert editions.publish_from_files(folder) == 0
    assert version_on(CODE, LANGUAGE, TODAY).pk == ours.pk
    brought = TemplateVersion.objects.get(code=CODE, language=LANGUAGE, state="proposed")
    assert (brought.origin, brought.author_id, brought.based_on_id) == ("product", None, ours.pk)
    with pytest.raises(Forbidden):
        versions.replace_file(
            actor=editor, version_id=brought.pk, revision=brought.revision, docx=templates.edited("Просьба", "П"),
            file_name="x",
        )  # fmt: skip
    copy(folder / "RATE_CUT" / "ru.docx", folder / CODE / "ru.docx")
    assert editions.publish_from_files(folder) == 1
    brought.refresh_from_db()
    assert brought.state == "withdrawn", "the newer edition of the product takes the place of the older"
    newest = templates.ticked(
        chief, TemplateVersion.objects.get(code=CODE, language=LANGUAGE, state="proposed")
    )
    done = versions.approve_version(actor=chief, version_id=newest.pk, revision=newest.revision)
    assert (done.state, version_on(CODE, LANGUAGE, TODAY).pk) == ("in_force", newest.pk)


def test_an_update_waits_for_a_scheduled_edition_of_people_too(
    editor: Actor, chief: Actor, tmp_path: Path
) -> None:
    before = version_on(CODE, LANGUAGE, TODAY)
    templates.approved(editor, chief, effective_from=TODAY + timedelta(days=3))
    folder = copytree(FOLDER, tmp_path / "templates")
    copy(folder / "RESTRUCT_MFO" / "ru.docx", folder / CODE / "ru.docx")
    assert editions.publish_from_files(folder) == 1
    assert version_on(CODE, LANGUAGE, TODAY).pk == before.pk


class TestRaces:
    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture(autouse=True)
    def _clean(self) -> Iterator[None]:
        yield
        connection.close()

    @staticmethod
    def _together(*calls: object) -> list[object]:
        barrier = threading.Barrier(len(calls))
        results: list[object] = [None] * len(calls)

        def run(at: int) -> None:
            try:
                with clock.demo_today(TODAY):
                    barrier.wait(10)
                    results[at] = calls[at]()  # type: ignore[operator]
            except Exception as problem:
                results[at] = problem
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(at,)) for at in range(len(calls))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    def test_two_approvals_at_once_put_one_edition_in_force(self, editor: Actor, chief: Actor) -> None:
        other = actor_for(templates.person(Role.SUPERVISOR, "second@example.com")[0])
        rows = [
            templates.ticked(chief, templates.proposed(editor, templates.edited("Просьба", word)))
            for word in ("Прошу", "Требование")
        ]
        results = self._together(
            *(
                lambda row=row, who=who: versions.approve_version(
                    actor=who, version_id=row.pk, revision=row.revision
                )
                for row, who in zip(rows, (chief, other), strict=True)
            )
        )
        assert sum(isinstance(one, TemplateVersion) for one in results) == 1
        assert sum(isinstance(one, TemplateMovedOn) for one in results) == 1
        assert TemplateVersion.objects.filter(code=CODE, language=LANGUAGE, state="in_force").count() == 1

    def test_a_file_that_changes_while_it_is_approved_is_not_approved_unseen(
        self, editor: Actor, chief: Actor
    ) -> None:
        row = templates.ticked(chief, templates.proposed(editor))
        new = templates.edited("Просьба", "Прошу")
        results = self._together(
            lambda: versions.approve_version(actor=chief, version_id=row.pk, revision=row.revision),
            lambda: versions.replace_file(
                actor=editor, version_id=row.pk, revision=row.revision, docx=new, file_name="n"
            ),
        )
        done = TemplateVersion.objects.get(pk=row.pk)
        assert sum(isinstance(one, TemplateVersion) for one in results) == 1, results
        assert (done.state == "in_force") == (bytes(done.docx) != new)
