"""What screens of templates show: kinds with their editions, one edition, the difference between two."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models.functions import Length

from kenes.documents import catalogue
from kenes.documents.catalogue import Kind
from kenes.documents.editing import remarks, versions
from kenes.documents.editing.difference import Difference, difference
from kenes.documents.editing.errors import TemplateNotFound
from kenes.documents.editing.states import TemplateState
from kenes.documents.filling.problems import Problem
from kenes.documents.models import TemplateVersion
from kenes.foundation.actor import Actor

S = TemplateState
_OPEN = (S.DRAFT, S.REJECTED)


def kinds(actor: Actor) -> list[dict[str, Any]]:
    """All kinds with their templates; one query."""
    rows = versions.visible_to(actor).exclude(state__in=(S.ENDED, S.WITHDRAWN))
    found: dict[str, list[TemplateVersion]] = defaultdict(list)
    for row in rows.order_by("code", "language", "version"):
        found[row.code].append(row)
    return [_kind(kind, found[code]) for code, kind in catalogue.kinds().items()]


def kind(actor: Actor, code: str) -> dict[str, Any]:
    """One kind with all editions, newest first. Raises TemplateNotFound."""
    known = catalogue.get(code)
    if known is None or not versions.reads(actor):
        raise TemplateNotFound
    rows = list(versions.visible_to(actor).filter(code=code).order_by("-created_at", "-version", "language"))
    return {
        **_kind(known, rows),
        "versions": [brief(row) for row in rows],
        "can_upload": actor.can("template.edit"),
    }


def _kind(known: Kind, rows: list[TemplateVersion]) -> dict[str, Any]:
    templates = [
        _template(language, [row for row in rows if row.language == language]) for language in known.templates
    ]
    return {
        "code": known.code,
        "title": str(known.title),
        "purpose": str(known.purpose),
        "addressee": known.to,
        "needs_review": known.review
        or any(remarks.of_kind(known.code, language) for language in known.templates),
        "templates": templates,
    }


def _template(language: str, rows: list[TemplateVersion]) -> dict[str, Any]:
    def first(state: str) -> dict[str, Any] | None:
        return next((brief(row) for row in rows if row.state == state), None)

    return {
        "language": language,
        "in_force": first(S.IN_FORCE),
        "scheduled": first(S.APPROVED),
        "proposed": sum(row.state == S.PROPOSED for row in rows),
        "drafts": sum(row.state in _OPEN for row in rows),
    }


def brief(row: TemplateVersion) -> dict[str, Any]:
    """An edition as lists show it."""
    plain = (
        "id", "code", "language", "version", "state", "origin", "note", "decision_note", "effective_from", "effective_to",
        "created_at", "submitted_at", "decided_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "state_label": S(row.state).label,
        "author": _person(row.author),
        "decided_by": _person(row.decided_by),
        "warnings": len(row.problems),
        "remarks_open": len(remarks.unchecked(row.remarks, row.checks)),
    }


def _person(user: Any) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "full_name": user.full_name}


def detail(actor: Actor, row: TemplateVersion) -> dict[str, Any]:
    """An edition with problems, remarks and what may be done with it."""
    known = catalogue.get(row.code)
    in_force = TemplateVersion.objects.filter(code=row.code, language=row.language, state=S.IN_FORCE)
    size = (
        TemplateVersion.objects.filter(pk=row.pk).annotate(size=Length("docx")).values_list("size", flat=True)
    )
    return {
        **brief(row),
        "title": str(known.title) if known else row.code,
        "file_name": row.file_name or f"{row.code}_{row.language}_{row.version}.docx",
        "size": size.first() or 0,
        "sha256": row.sha256,
        "revision": row.revision,
        "problems": [versions.shown(Problem.from_json(one)) for one in row.problems],
        "remarks": [_remark(one, row.checks.get(one["id"])) for one in row.remarks],
        "based_on_id": row.based_on_id,
        "in_force_id": in_force.values_list("pk", flat=True).first(),
        "allowed_actions": versions.allowed_actions(actor, row),
    }


def _remark(one: dict[str, Any], check: dict[str, Any] | None) -> dict[str, Any]:
    return {**one, "checked": check is not None, "checked_at": check["at"] if check else None}


def compare(
    actor: Actor, version_id: UUID, other_id: UUID | None
) -> tuple[TemplateVersion, TemplateVersion, Difference]:
    """What an edition changes against another of the same template: by default the one in force, else the one before it.

    Raises TemplateNotFound also when there is nothing to compare with.
    """
    after = versions.get_version(actor=actor, version_id=version_id)
    rows = versions.visible_to(actor).filter(code=after.code, language=after.language).exclude(pk=after.pk)
    if other_id is not None:
        before = rows.filter(pk=other_id).first()
    else:
        before = rows.filter(state=S.IN_FORCE).first() or rows.filter(
            state=S.ENDED, version__lt=after.version
        ).order_by("-version").first()  # fmt: skip
    if before is None:
        raise TemplateNotFound
    return before, after, difference(bytes(before.docx), bytes(after.docx))
