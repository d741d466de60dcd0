"""Templates for tests: good ones, ones with given paragraphs, and people who write and approve them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document

from kenes.accounts.models import Role, User
from kenes.accounts.selectors import actor_for
from kenes.documents.authoring.build import FOLDER
from kenes.documents.editing import versions
from kenes.documents.models import TemplateVersion
from kenes.documents.tests.conftest import make_staff
from kenes.foundation.actor import Actor

CODE, LANGUAGE = "RESTRUCT_BANK", "ru"


def good() -> bytes:
    """The template of the repository."""
    return (FOLDER / CODE / f"{LANGUAGE}.docx").read_bytes()


def edited(old: str, new: str, docx: bytes | None = None) -> bytes:
    """The template with other words in its text."""
    document = Document(io.BytesIO(docx or good()))
    found = False
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if old in run.text:
                run.text, found = run.text.replace(old, new), True
    assert found, old
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_with(*paragraphs: str) -> bytes:
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(change: Callable[[dict[str, bytes]], object], docx: bytes | None = None) -> bytes:
    """A good DOCX whose parts were changed by `change`."""
    with zipfile.ZipFile(io.BytesIO(docx or docx_with("{{ borrower.name }}"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def person(role: Role, email: str = "") -> tuple[User, Actor]:
    user = make_staff(email or f"{role.value}@example.com", role)
    return user, actor_for(user)


def proposed(editor: Actor, docx: bytes | None = None, **more: Any) -> TemplateVersion:
    """An edition that waits for approval."""
    made = versions.draft_version(
        actor=editor, code=CODE, language=LANGUAGE, docx=docx or edited("Состояние задолженности", "Долг"),
        file_name="a.docx",
    )  # fmt: skip
    return versions.propose_version(
        actor=editor, version_id=made.pk, revision=made.revision, note="Слова проще", **more
    )


def ticked(approver: Actor, version: TemplateVersion) -> TemplateVersion:
    """All remarks for lawyers looked at."""
    for remark in version.remarks:
        version = versions.check_remark(
            actor=approver,
            version_id=version.pk,
            revision=version.revision,
            remark=remark["id"],
            checked=True,
        )
    return version


def approved(editor: Actor, approver: Actor, docx: bytes | None = None, **more: Any) -> TemplateVersion:
    version = ticked(approver, proposed(editor, docx))
    return versions.approve_version(
        actor=approver, version_id=version.pk, revision=version.revision, note="Сверено", **more
    )
