"""Named rights and the roles that have them. Rules everywhere ask for an ability, never for a role.

An administrator can put some of them together into a role of his own (`CustomRole`); the others come only with the
built-in roles, because they belong to what a person is (borrower, officer of a lender), not to a job at the platform.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.foundation import actor as actors


@dataclass(frozen=True, slots=True)
class Ability:
    """One right. `grantable` ones can be part of a custom role; `sensitive` ones are marked in the role editor."""

    code: str
    group: str
    label: Promise
    grantable: bool = True
    sensitive: bool = False


GROUPS: Final[dict[str, Promise]] = {
    "cases": _("Cases"),
    "creditors": _("Creditors"),
    "documents": _("Documents"),
    "law": _("Law and terms"),
    "people": _("People and organisations"),
    "system": _("System"),
}

CATALOGUE: Final = (
    Ability("case.file", "cases", _("Give in a case"), grantable=False),
    Ability("case.file_for_others", "cases", _("Give in a case for a borrower with a recorded consent")),
    Ability("case.see_assigned", "cases", _("See the cases assigned to oneself")),
    Ability("case.see_pool", "cases", _("See cases that nobody has taken, masked")),
    Ability("case.see_all", "cases", _("See all cases"), sensitive=True),
    Ability("case.see_metadata", "cases", _("See that cases exist, without content")),
    Ability("case.work", "cases", _("Work on the cases assigned to oneself")),
    Ability("case.work_all", "cases", _("Work on all cases"), sensitive=True),
    Ability("case.assign", "cases", _("Assign cases")),
    Ability("queue.edit", "cases", _("Set up queues, capacity and absences of managers")),
    Ability("case.decide", "cases", _("Decline and reopen cases"), sensitive=True),
    Ability("case.reveal", "cases", _("Unmask personal data with a reason"), sensitive=True),
    Ability("case.merge", "cases", _("Merge and split cases"), sensitive=True),
    Ability("tag.edit", "cases", _("Edit the list of tags")),
    Ability("case.export", "cases", _("Take lists of cases out as files"), sensitive=True),
    Ability("case.import", "cases", _("Bring cases in from files"), sensitive=True),
    Ability("case.share_view", "cases", _("Give saved views of the list to everybody")),
    Ability("case.see_sent", "cases", _("See what was sent to the own organisation"), grantable=False),
    Ability("letter.answer", "cases", _("Answer letters for the own organisation"), grantable=False),
    Ability("case.see_as_party", "cases", _("See cases as a specialist invited to them"), grantable=False),
    Ability("desk.enter", "cases", _("Enter the desk of specialists"), grantable=False),
    Ability("proposal.make", "cases", _("Propose help to borrowers"), grantable=False),
    Ability("consultation.host", "cases", _("Give consultations"), grantable=False),
    Ability("consultation.platform", "cases", _("Give free consultations of Kenes Hub")),
    Ability("creditor.view_addresses", "creditors", _("See addresses of creditors")),
    Ability("creditor.add_address", "creditors", _("Add addresses of creditors")),
    Ability("creditor.confirm_address", "creditors", _("Confirm addresses of creditors")),
    Ability("dispatch.retry", "documents", _("Send a letter again")),
    Ability("template.edit", "documents", _("Write templates of documents")),
    Ability("template.approve", "documents", _("Approve templates of documents"), sensitive=True),
    Ability("file.release", "documents", _("Release a file that could not be checked"), sensitive=True),
    Ability("law.edit", "law", _("Propose changes of rules, calendar and figures")),
    Ability("law.approve", "law", _("Approve changes of rules, calendar and figures"), sensitive=True),
    Ability("staff.area", "people", _("Enter the workplace of staff")),
    Ability("staff.see_managers", "people", _("See the list of managers")),
    Ability("person.see", "people", _("See people and their roles")),
    Ability("person.edit", "people", _("Correct data of people"), sensitive=True),
    Ability("person.invite_borrower", "people", _("Invite a borrower")),
    Ability("person.invite_staff", "people", _("Invite staff"), sensitive=True),
    Ability("person.deactivate", "people", _("Deactivate people and end their sessions"), sensitive=True),
    Ability("person.merge", "people", _("Merge two accounts of one person"), sensitive=True),
    Ability("person.view_as", "people", _("Look at the application as another person"), sensitive=True),
    Ability("role.grant", "people", _("Give and take roles"), sensitive=True),
    Ability("role.edit", "people", _("Put roles together"), sensitive=True),
    Ability("organisation.see", "people", _("See organisations")),
    Ability("organisation.edit", "people", _("Edit organisations and their people"), sensitive=True),
    Ability("organisation.check", "people", _("Check organisations"), sensitive=True),
    Ability("organisation.own", "people", _("Manage the people of the own organisation"), grantable=False),
    Ability("specialist.check", "people", _("Check licences of specialists"), sensitive=True),
    Ability("power.check", "people", _("Check powers of attorney"), sensitive=True),
    Ability("data_request.start", "people", _("Start a personal-data request for a person")),
    Ability("data_request.approve", "people", _("Approve personal-data requests"), sensitive=True),
    Ability("data_request.execute", "people", _("Carry out personal-data requests"), sensitive=True),
    Ability("security_log.see", "system", _("See the security log"), sensitive=True),
    Ability("retention.edit", "system", _("Change how long data is kept"), sensitive=True),
    Ability("oauth_client.edit", "system", _("Manage partner programs"), sensitive=True),
    Ability("admin.site", "system", _("Open the technical administration"), sensitive=True),
)
BY_CODE: Final = {ability.code: ability for ability in CATALOGUE}

_MANAGER: Final = frozenset(
    {
        "consultation.platform", "staff.area", "staff.see_managers", "case.see_assigned", "case.see_pool", "case.work", "case.assign",
        "case.reveal", "case.file_for_others", "case.export", "case.merge", "creditor.view_addresses", "creditor.add_address", "creditor.confirm_address",
        "dispatch.retry", "file.release", "person.invite_borrower", "data_request.start",
    }
)  # fmt: skip
_SUPERVISOR: Final = (_MANAGER - {"case.see_pool", "case.see_assigned", "case.work"}) | {
    "case.import", "case.share_view",
    "case.see_all", "case.work_all", "case.decide", "queue.edit", "tag.edit", "person.see", "person.invite_staff", "person.view_as",
    "organisation.see", "organisation.check", "specialist.check", "power.check", "data_request.approve",
    "security_log.see", "law.approve", "template.approve",
}  # fmt: skip
_ADMIN: Final = frozenset(
    {
        "template.approve",
        "staff.area", "staff.see_managers", "case.see_metadata", "creditor.view_addresses", "file.release",
        "person.see", "person.edit", "person.invite_borrower", "person.invite_staff", "person.deactivate",
        "person.merge", "person.view_as", "role.grant", "role.edit", "organisation.see", "organisation.edit",
        "organisation.check", "data_request.execute", "security_log.see", "retention.edit",
        "oauth_client.edit", "admin.site",
    }
)  # fmt: skip

OF_ROLE: Final[dict[str, frozenset[str]]] = {
    actors.BORROWER: frozenset({"case.file"}),
    actors.REPRESENTATIVE: frozenset({"case.file"}),
    actors.CREDITOR_OFFICER: frozenset({"case.see_sent", "letter.answer"}),
    actors.CREDITOR_ADMIN: frozenset({"case.see_sent", "letter.answer", "organisation.own"}),
    actors.LAWYER: frozenset({"case.see_as_party", "desk.enter", "proposal.make", "consultation.host"}),
    actors.MEDIATOR: frozenset({"case.see_as_party", "desk.enter", "proposal.make", "consultation.host"}),
    actors.NOTARY: frozenset({"case.see_as_party", "desk.enter", "consultation.host"}),
    actors.OMBUDSMAN_OFFICER: frozenset({"case.see_as_party", "desk.enter"}),
    actors.MANAGER: _MANAGER,
    actors.SUPERVISOR: frozenset(_SUPERVISOR),
    actors.ACCOUNTANT: frozenset({"staff.area"}),
    actors.CONTENT_EDITOR: frozenset(
        {"staff.area", "creditor.view_addresses", "file.release", "law.edit", "template.edit"}
    ),
    actors.ADMIN: _ADMIN,
}


def of_roles(roles: Iterable[str], custom: Iterable[str] = ()) -> frozenset[str]:
    """All abilities of built-in roles and of the ability lists of custom ones; unknown codes count for nothing."""
    built_in = (OF_ROLE.get(role, frozenset()) for role in roles)
    grantable = {code for code in custom if code in BY_CODE and BY_CODE[code].grantable}
    return frozenset().union(*built_in, grantable)


def without_staff(abilities: frozenset[str]) -> frozenset[str]:
    """What is left of the abilities while the second factor is missing."""
    return frozenset(code for code in abilities if not BY_CODE[code].grantable)


def is_staff(abilities: frozenset[str]) -> bool:
    """Whether these abilities reach other people's data by work: such people need a second factor."""
    return any(BY_CODE[code].grantable for code in abilities)
