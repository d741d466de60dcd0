"""Failures of administering people, roles, invitations and organisations."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, Forbidden, NotFound


class OwnRights(Forbidden):
    code = "accounts.own_rights"
    title = _("Not for yourself")
    detail = _("Nobody changes their own rights or account state. Ask another administrator.")


class BeyondOwnRights(Forbidden):
    code = "accounts.beyond_own_rights"
    title = _("More than your own rights")
    detail = _("This needs rights that you do not have yourself.")


class RoleNotByHand(Conflict):
    code = "accounts.role_not_by_hand"
    title = _("This role is not given by hand")
    detail = _("This role comes by itself: with a checked licence, a power of attorney or an organisation.")


class LastAdministrator(Conflict):
    code = "accounts.last_administrator"
    title = _("The last administrator")
    detail = _("This is the last administrator. Make another one first.")


class GrantNotFound(NotFound):
    code = "accounts.grant_not_found"


class CannotReactivate(Conflict):
    code = "accounts.cannot_reactivate"
    detail = _("A merged or erased account cannot be opened again.")


class AccountClosed(Conflict):
    code = "accounts.account_closed"
    detail = _("This account is closed.")


class CustomRoleNotFound(NotFound):
    code = "accounts.role_not_found"


class ChangedMeanwhile(Conflict):
    code = "accounts.changed_meanwhile"
    title = _("Changed meanwhile")
    detail = _("Somebody has changed this since you opened it. Look at it again.")


class InvitationNotFound(NotFound):
    code = "invitation.not_found"
    title = _("No such invitation")
    detail = _("This link is not right. Ask for a new invitation.")


class InvitationUsed(Conflict):
    code = "invitation.already_used"
    title = _("Already used")
    detail = _("This invitation has been accepted already. Sign in.")


class InvitationExpired(Conflict):
    code = "invitation.expired"
    title = _("The invitation has expired")
    detail = _("This invitation has expired. Ask for a new one.")


class InvitationCancelled(Conflict):
    code = "invitation.cancelled"
    title = _("The invitation was taken back")
    detail = _("This invitation was taken back. Ask whoever invited you.")


class InvitationOpenAlready(Conflict):
    code = "invitation.open_already"
    title = _("Already invited")
    detail = _("There is an open invitation to this address. Send it again or take it back.")


class SignInToAccept(Conflict):
    code = "invitation.sign_in_first"
    title = _("Sign in first")
    detail = _("There is an account with this e-mail. Sign in with it and open the link again.")


class InvitedSomebodyElse(Conflict):
    code = "invitation.other_person"
    title = _("For another person")
    detail = _("This invitation is for another e-mail. Sign out and open the link again.")


class AlreadyMember(Conflict):
    code = "organisation.already_member"
    detail = _("This person already acts for the organisation.")


class OrganisationNotFound(NotFound):
    code = "organisation.not_found"


class OrganisationClosed(Conflict):
    code = "organisation.closed"
    detail = _("This organisation is closed.")


class MembershipNotFound(NotFound):
    code = "organisation.person_not_found"


class ClaimNotFound(NotFound):
    code = "accounts.duplicate_not_found"


class ClaimResolved(Conflict):
    code = "accounts.duplicate_resolved"
    detail = _("This has been decided already.")


class MergeRefused(Conflict):
    """`reason` is "staff" (the account that closes has roles of staff), "closed" or "own"."""

    code = "accounts.merge_refused"
    title = _("These accounts cannot be merged")
    detail = _(
        "One of the accounts is closed, is your own, or the account that would close has a role of staff."
    )


class ViewingRefused(Forbidden):
    code = "accounts.viewing_refused"
    detail = _("You cannot look at the application as this person.")
