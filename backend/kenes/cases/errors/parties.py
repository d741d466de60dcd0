"""Failures of inviting people into a case."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class PartyInvitationNotFound(NotFound):
    code = "party_invitation.not_found"
    title = _("No such invitation")
    detail = _("This link is not right. Ask whoever invited you for a new one.")


class PartyInvitationUsed(Conflict):
    code = "party_invitation.used"
    title = _("Already answered")
    detail = _("This invitation has been answered already.")


class PartyInvitationExpired(Conflict):
    code = "party_invitation.expired"
    title = _("The invitation has expired")
    detail = _("This invitation has expired. Ask for a new one.")


class PartyInvitationCancelled(Conflict):
    code = "party_invitation.cancelled"
    title = _("The invitation was taken back")
    detail = _("This invitation was taken back. Ask whoever invited you.")


class PartyInvitationOpen(Conflict):
    code = "party_invitation.open_already"
    title = _("Already invited")
    detail = _("This person has an open invitation. Send it again or take it back.")


class InvitedAnother(Conflict):
    """`by` says what must agree: email or phone. To whom it was sent is not told."""

    code = "party_invitation.other_person"
    title = _("For another person")
    detail = _(
        "This invitation was sent to another number or e-mail. Sign in as the person to whom it was sent, "
        "or confirm that number or e-mail in your account."
    )


class PartRoleMissing(Conflict):
    code = "party_invitation.role_missing"
    title = _("Your entry is not checked yet")
    detail = _("Only a checked specialist can take this part. Give your licence in your account first.")


class PowerMissing(Conflict):
    code = "party_invitation.power_missing"
    title = _("A power of attorney is needed")
    detail = _("A representative needs a power of attorney of the borrower that is in force here.")


class AlreadyTakesPart(Conflict):
    code = "party_invitation.already_in"
    title = _("Takes part already")
    detail = _("This person takes part in the case already.")
