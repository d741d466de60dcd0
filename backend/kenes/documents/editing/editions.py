"""Template versions: published from the files of the app, put in force, found by the day.

An update of the product never takes the place of what people here have approved: while an edition of theirs is in force or
waits for its day, the template that the update brings is only proposed, and a person decides.
"""

import hashlib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F, Max

from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.editing import remarks
from kenes.documents.editing.states import USABLE, TemplateOrigin, TemplateState
from kenes.documents.filling.rendering import compile_template
from kenes.documents.models import TemplateVersion
from kenes.foundation import clock
from kenes.foundation.providers import Misconfigured

S: Final = TemplateState


@transaction.atomic
def publish_from_files(folder: Path = FOLDER) -> int:
    """Publish the templates whose content has changed since the last run; returns how many.

    The first version of a template holds from the day that its kind names, a later one from today; the one before it ends
    on that day. Where people have an edition of their own the new one is proposed instead (see the head of this module).
    Raises TemplateRefused for a file that is not allowed.
    """
    known: dict[tuple[str, str], list[TemplateVersion]] = defaultdict(list)
    for row in (
        TemplateVersion.objects.select_for_update().defer("docx").order_by("code", "language", "version")
    ):
        known[row.code, row.language].append(row)
    first: list[TemplateVersion] = []
    published = 0
    for code, kind in catalogue.kinds().items():
        for language in kind.templates:
            docx, rows = (folder / code / f"{language}.docx").read_bytes(), known[code, language]
            ours = [row for row in rows if row.origin == TemplateOrigin.PRODUCT]
            made = _edition(code, language, docx, rows)
            if ours and ours[-1].sha256 == made.sha256:
                continue
            compile_template(docx)
            published += 1
            if rows:
                _take_over(made, rows, ours)
            else:
                made.state, made.effective_from, made.in_force_at = (
                    S.IN_FORCE,
                    kind.effective_from,
                    clock.now(),
                )
                first.append(made)
    TemplateVersion.objects.bulk_create(first)
    return published


def _edition(code: str, language: str, docx: bytes, rows: list[TemplateVersion]) -> TemplateVersion:
    return TemplateVersion(
        code=code,
        language=language,
        version=rows[-1].version + 1 if rows else 1,
        sha256=hashlib.sha256(docx).hexdigest(),
        docx=docx,
        state=S.DRAFT,
        origin=TemplateOrigin.PRODUCT,
        remarks=remarks.of_kind(code, language),
        created_at=clock.now(),
    )


def _take_over(made: TemplateVersion, rows: list[TemplateVersion], ours: list[TemplateVersion]) -> None:
    """Put an edition of the product in force, or propose it where people have one of their own."""
    for older in ours:
        if older.state in (S.PROPOSED, S.REJECTED):
            # The repository has gone on: what it brought before is nobody's proposal any more.
            older.state = S.WITHDRAWN
            older.save(update_fields=["state"])
    used = [row for row in rows if row.state in (S.IN_FORCE, S.APPROVED)]
    if any(row.origin == TemplateOrigin.PEOPLE for row in used):
        made.state, made.submitted_at = S.PROPOSED, made.created_at
        made.based_on = next((row for row in used if row.state == S.IN_FORCE), None)
        made.save()
    else:
        made.save()
        put_in_force(made, clock.today())


def locked(code: str, language: str) -> list[TemplateVersion]:
    """All versions of one template, locked in one order for everybody, oldest first; their files are not loaded."""
    rows = TemplateVersion.objects.select_for_update().filter(code=code, language=language)
    return list(rows.defer("docx").order_by("version"))


def next_number(code: str, language: str) -> int:
    """The number of the next version. The caller holds a lock or meets the unique constraint."""
    newest = TemplateVersion.objects.filter(code=code, language=language).aggregate(most=Max("version"))
    return int(newest["most"] or 0) + 1


def put_in_force(version: TemplateVersion, day: date) -> None:
    """Let a version hold from a day on and end the one before it on that day. The versions of the template are locked."""
    before = TemplateVersion.objects.filter(
        code=version.code, language=version.language, state=S.IN_FORCE
    ).defer("docx")
    for row in before.exclude(pk=version.pk):
        row.state, row.effective_to = S.ENDED, max(day, row.effective_from or day)
        row.save(update_fields=["state", "effective_to"])
    version.state, version.effective_from, version.in_force_at = S.IN_FORCE, day, clock.now()
    version.save(update_fields=["state", "effective_from", "in_force_at"])


def in_force(code: str, language: str) -> TemplateVersion | None:
    """The version that is in force now, without its file."""
    rows = TemplateVersion.objects.filter(code=code, language=language, state=S.IN_FORCE)
    return rows.defer("docx").first()


def version_on(code: str, language: str, day: date) -> TemplateVersion:
    """The version in force on a day: the one that had begun last, else the oldest there is.

    An approved version counts from its day on, also when the timer that puts it in force comes late.
    Raises Misconfigured when the template was never published.
    """
    usable = TemplateVersion.objects.filter(code=code, language=language, state__in=USABLE)
    begun = usable.filter(effective_from__lte=day).order_by(
        F("effective_from").desc(), F("in_force_at").desc(nulls_first=True), "-version"
    )
    found = begun.first() or usable.order_by("effective_from", "version").first()
    if found is None:
        raise Misconfigured(f"template {code} {language} is not published")
    return found
