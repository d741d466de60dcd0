"""Requests about data as people see them: words in the language of the reader."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from kenes.accounts import retention
from kenes.accounts.models import PersonalDataRequest, User
from kenes.accounts.personal_data import requests
from kenes.foundation import personal_data
from kenes.foundation.actor import Actor

Json = dict[str, Any]


def live_preview(person_id: UUID, kind: str) -> Json:
    """What a request would do now."""
    blockers = personal_data.blockers_of(person_id) if kind == requests.Kind.ERASURE else []
    return {
        "sections": _sections(requests.sections_of(person_id, kind)),
        "blockers": [{"code": blocker.code, "text": str(blocker.text)} for blocker in blockers],
    }


def _sections(rows: list[Json]) -> list[Json]:
    labels = {section.code: section.label for section in personal_data.sections()}
    return [_section(row, str(labels.get(row["code"], row["code"]))) for row in rows]


def _section(row: Json, label: str) -> Json:
    ground = retention.ground(row["ground"], get_language() or "ru") if row.get("ground") else None
    counts = {name: row.get(name, 0) for name in ("given", "erased", "masked", "kept")}
    return {
        "code": row["code"],
        "label": label,
        **counts,
        "ground": ground.text if ground is not None else None,
        "ground_needs_lawyer_review": ground is not None and ground.needs_lawyer_review,
    }


def own(request: PersonalDataRequest, actor: Actor) -> Json:
    """A request for the person it is about."""
    plain = ("id", "kind", "status", "created_at", "done_at", "progress_percent", "note")
    return {
        **{name: getattr(request, name) for name in plain},
        "kind_label": requests.Kind(request.kind).label,
        "status_label": requests.Status(request.status).label,
        "preview": {"sections": _sections(request.preview.get("sections", [])), "blockers": []},
        "file_expires_at": request.file_expires_at if requests.is_downloadable(request) else None,
        "allowed_actions": requests.allowed_actions(actor, request),
    }


def for_staff(request: PersonalDataRequest, actor: Actor) -> Json:
    """A request for those who work on it. Names of people come with the row."""
    return {
        **own(request, actor),
        "person_id": request.person_id,
        "person_name": _name(request.person) or "",
        "requested_by_name": _name(request.requested_by) or "",
        "decided_by_name": _name(request.decided_by),
        "decided_at": request.decided_at,
    }


def _name(person: User | None) -> str | None:
    return None if person is None else person.full_name or person.email or ""
