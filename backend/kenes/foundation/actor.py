"""Who does something: a plain value that services take and events keep."""

from dataclasses import dataclass, field
from uuid import UUID

GUEST, BORROWER, REPRESENTATIVE = "guest", "borrower", "representative"
CREDITOR_OFFICER, CREDITOR_ADMIN = "creditor_officer", "creditor_admin"
LAWYER, MEDIATOR, NOTARY, OMBUDSMAN_OFFICER = "lawyer", "mediator", "notary", "ombudsman_officer"
MANAGER, SUPERVISOR, ACCOUNTANT = "manager", "supervisor", "accountant"
CONTENT_EDITOR, ADMIN, SYSTEM = "content_editor", "admin", "system"

ROLES = (
    GUEST, BORROWER, REPRESENTATIVE, CREDITOR_OFFICER, CREDITOR_ADMIN, LAWYER, MEDIATOR, NOTARY,
    OMBUDSMAN_OFFICER, MANAGER, SUPERVISOR, ACCOUNTANT, CONTENT_EDITOR, ADMIN, SYSTEM,
)  # fmt: skip
STAFF_ROLES = frozenset({MANAGER, SUPERVISOR, ACCOUNTANT, CONTENT_EDITOR, ADMIN})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, the system or nobody (guest), with what decides rights: role codes and organisations.

    `on_behalf_of` is the person for whom a helper acts; rights are then those of that person.
    `label` names the system part for the log ("deadline-timer") and is empty for people.
    """

    user_id: UUID | None
    roles: frozenset[str] = frozenset()
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)
    on_behalf_of: UUID | None = None
    label: str = ""

    def has_role(self, *codes: str) -> bool:
        return not self.roles.isdisjoint(codes)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_system(self) -> bool:
        return SYSTEM in self.roles

    def log_fields(self) -> dict[str, str | list[str]]:
        """What an event keeps of the actor: ids and codes only."""
        fields: dict[str, str | list[str]] = {"roles": sorted(self.roles)}
        if self.user_id:
            fields["user_id"] = str(self.user_id)
        if self.on_behalf_of:
            fields["on_behalf_of"] = str(self.on_behalf_of)
        if self.label:
            fields["label"] = self.label
        return fields

    @classmethod
    def from_log(cls, fields: dict[str, str | list[str]]) -> "Actor":
        user_id, behalf = fields.get("user_id"), fields.get("on_behalf_of")
        return cls(
            user_id=UUID(str(user_id)) if user_id else None,
            roles=frozenset(fields.get("roles", ())),
            on_behalf_of=UUID(str(behalf)) if behalf else None,
            label=str(fields.get("label", "")),
        )


def SystemActor(label: str) -> Actor:  # noqa: N802  (reads as a kind of actor)
    """The system itself, named by the part that acts."""
    return Actor(user_id=None, roles=frozenset({SYSTEM}), label=label)


def GuestActor() -> Actor:  # noqa: N802
    """Somebody who has not signed in."""
    return Actor(user_id=None, roles=frozenset({GUEST}))
