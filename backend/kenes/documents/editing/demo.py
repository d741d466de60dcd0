"""Demonstration editions of templates, made through the services: one waits for approval, one for its day. Safe to repeat."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Final

from django.conf import settings
from docx import Document

from kenes.accounts import selectors as accounts
from kenes.accounts.models import Role
from kenes.documents.editing import versions
from kenes.documents.editing.editions import version_on
from kenes.documents.editing.states import TemplateOrigin
from kenes.documents.models import TemplateVersion
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor
from kenes.foundation.errors import KenesError

log = logs.get(__name__)
_AHEAD: Final = timedelta(days=30)
# Kind, words that stand there, words in their place.
WAITING: Final = (
    "POWER_OF_ATTORNEY", "Представитель вправе от моего имени:", "По этой доверенности Представитель вправе от моего имени:",
)  # fmt: skip
SCHEDULED: Final = ("DEBT_STATEMENT_REQUEST", "1. Обстоятельства", "1. О каком договоре идёт речь")


def load() -> int:
    """Write the editions where people have none yet; returns how many."""
    if not settings.DEMO or TemplateVersion.objects.filter(origin=TemplateOrigin.PEOPLE).exists():
        return 0
    editor = accounts.people_with_role(Role.CONTENT_EDITOR).order_by("created_at", "pk").first()
    second = accounts.people_with_role(Role.SUPERVISOR).order_by("created_at", "pk").first()
    if editor is None or second is None:
        return 0
    writes, decides = accounts.actor_for(editor), accounts.actor_for(second)
    try:
        waiting = _proposed(writes, *WAITING, note="Учебный пример: фраза понятнее без предыдущего абзаца")
        scheduled = _proposed(writes, *SCHEDULED, note="Учебный пример: заголовок простыми словами")
        _approve(decides, scheduled)
    except KenesError as problem:
        log.info("demo_left_out", what="templates", problem=problem.code)
        return 0
    return len((waiting, scheduled))


def _proposed(writes: Actor, code: str, old: str, new: str, *, note: str) -> TemplateVersion:
    docx = reworded(bytes(version_on(code, "ru", clock.today()).docx), old, new)
    made = versions.draft_version(
        actor=writes, code=code, language="ru", docx=docx, file_name=f"{code.lower()}.docx"
    )
    return versions.propose_version(actor=writes, version_id=made.pk, revision=made.revision, note=note)


def _approve(decides: Actor, version: TemplateVersion) -> None:
    for remark in version.remarks:
        version = versions.check_remark(
            actor=decides, version_id=version.pk, revision=version.revision, remark=remark["id"], checked=True
        )
    versions.approve_version(
        actor=decides, version_id=version.pk, revision=version.revision, note="Сверено",
        effective_from=clock.today() + _AHEAD,
    )  # fmt: skip


def reworded(docx: bytes, old: str, new: str) -> bytes:
    """A template with other words in its paragraphs."""
    document = Document(io.BytesIO(docx))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new) if old in run.text else run.text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
