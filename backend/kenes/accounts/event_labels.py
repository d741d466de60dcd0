"""How events read in the history of a person and in the security log: one title per type, details by type.

Other modules add their own types: `TITLES["person.email_changed"] = _("E-mail changed")`, and with `details_of` what
stands below the title. Titles are short statements without names; who did it stands beside them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import Role

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What the events of one page refer to by id, loaded at once: texts of remarks, names of roles, organisations, people."""

    remarks: Mapping[UUID, str] = field(default_factory=dict)
    roles: Mapping[UUID, str] = field(default_factory=dict)
    organisations: Mapping[UUID, str] = field(default_factory=dict)
    people: Mapping[UUID, str] = field(default_factory=dict)


TITLES: Final[dict[str, Promise]] = {
    "person.phone_confirmed": _("Phone number confirmed"),
    "person.identity_set": _("Name or IIN given"),
    "person.role_granted": _("Role given"),
    "person.role_revoked": _("Role taken away"),
    "person.deactivated": _("Account closed"),
    "consent.accepted": _("Consent given"),
    "person.cases_exported": _("List of cases taken out as a file"),
    "person.documents_ordered": _("Documents for many cases ordered"),
    "person.documents_taken": _("Documents of many cases taken out as a file"),
    "person.cases_imported": _("Cases brought in from a file"),
    "person.corrected": _("Data corrected"),
    "person.custom_role_granted": _("Role given"),
    "person.custom_role_revoked": _("Role taken away"),
    "person.closed": _("Account closed"),
    "person.reactivated": _("Account opened again"),
    "person.sessions_ended_by_staff": _("All sessions ended by staff"),
    "person.second_factor_reset": _("Second step reset"),
    "person.revealed": _("Masked data shown"),
    "person.viewed_as": _("Somebody looked as this person"),
    "person.viewing_ended": _("Looking as this person ended"),
    "person.duplicate_claimed": _("Gave an IIN that another account has"),
    "person.duplicate_dismissed": _("Found to be another person"),
    "person.merged": _("Another account merged into this one"),
    "person.merged_away": _("Account merged into another one"),
    "person.joined_organisation": _("Joined an organisation"),
    "person.membership_changed": _("Place in an organisation changed"),
    "person.left_organisation": _("Left an organisation"),
    "person.invitation_accepted": _("Invitation accepted"),
    "invitation.sent": _("Invitation sent"),
    "invitation.taken_back": _("Invitation taken back"),
    "custom_role.defined": _("Role put together"),
    "custom_role.archived": _("Role archived"),
    "organisation.added": _("Organisation added"),
    "organisation.changed": _("Organisation changed"),
    "organisation.checked": _("Organisation checked"),
    "organisation.closed": _("Organisation closed"),
}
FIELD_LABELS: Final[dict[str, Promise]] = {
    "full_name": _("Name"),
    "full_name_kk": _("Name in Kazakh"),
    "iin": _("IIN"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "language": _("Language"),
    "name": _("Name of the organisation"),
    "name_kk": _("Name of the organisation in Kazakh"),
    "bin": _("BIN"),
    "address": _("Address"),
}
_details: Final[dict[str, Callable[[Data, Names], list[str]]]] = {}
Renderer = Callable[[Data, Names], list[str]]


def details_of(*types: str) -> Callable[[Renderer], Renderer]:
    """Decorator: the function gives the lines below the title for these types of events."""

    def register(render: Renderer) -> Renderer:
        _details.update(dict.fromkeys(types, render))
        return render

    return register


def title(event_type: str) -> str:
    """Title in the active language; the code itself for a type that nobody has named."""
    return str(TITLES.get(event_type, event_type))


def details(event_type: str, data: Data, names: Names) -> list[str]:
    """Lines below the title, without empty ones."""
    render = _details.get(event_type)
    return [line for line in render(data, names) if line] if render else []


def field_label(name: str) -> str:
    return str(FIELD_LABELS.get(name, name))


def _id(data: Data, name: str) -> UUID | None:
    value = data.get(name)
    return UUID(str(value)) if value else None


def _named(known: Mapping[UUID, str], data: Data, name: str) -> str:
    found = _id(data, name)
    return known.get(found, "") if found else ""


@details_of("person.role_granted", "person.role_revoked")
def _role(data: Data, names: Names) -> list[str]:
    return [str(Role(data["role"]).label)] if data["role"] in Role.values else []


@details_of("person.custom_role_granted", "person.custom_role_revoked")
def _custom_role(data: Data, names: Names) -> list[str]:
    return [_named(names.roles, data, "custom_role_id")]


@details_of("person.identity_set", "person.corrected", "organisation.changed")
def _fields(data: Data, names: Names) -> list[str]:
    lines = [", ".join(field_label(name) for name in data["fields"])]
    return [*lines, now("The check has to be repeated.")] if data.get("unchecked") else lines


@details_of("person.revealed")
def _revealed(data: Data, names: Names) -> list[str]:
    return [", ".join(field_label(name) for name in data["fields"])]


@details_of(
    "person.closed", "person.reactivated", "person.second_factor_reset", "person.duplicate_dismissed",
    "organisation.checked", "organisation.closed",
)  # fmt: skip
def _reason(data: Data, names: Names) -> list[str]:
    return [_named(names.remarks, data, "remark_id")]


@details_of("person.merged")
def _merged(data: Data, names: Names) -> list[str]:
    moved = sum(data["before"]) - sum(data["stayed"])
    text = now("%(moved)s entries now belong to this account, %(stayed)s stayed with the closed one.")
    return [text % {"moved": moved, "stayed": sum(data["stayed"])}, _named(names.remarks, data, "remark_id")]


@details_of("person.merged_away")
def _merged_away(data: Data, names: Names) -> list[str]:
    return [_named(names.people, data, "kept_id"), _named(names.remarks, data, "remark_id")]


@details_of("person.joined_organisation", "person.membership_changed", "person.left_organisation")
def _organisation(data: Data, names: Names) -> list[str]:
    lines = [_named(names.organisations, data, "organisation_id")]
    return [*lines, now("Administrator of the organisation")] if data.get("is_administrator") else lines
