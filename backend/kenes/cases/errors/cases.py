"""Failures that people meet while working with cases."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class CaseNotFound(NotFound):
    code = "case.not_found"
    title = _("Case not found")
    detail = _("There is no such case, or it is not yours.")


class TrackNotFound(NotFound):
    code = "case.track_not_found"
    title = _("Procedure not found")
    detail = _("This case has no such procedure.")


class CaseTransitionNotAllowed(Conflict):
    code = "case.transition_not_allowed"
    detail = _("This is not possible while the case is in its present state.")


class CaseMoveRepeated(Conflict):
    """The same action again; a screen treats it as success."""

    code = "case.already_done"
    detail = _("This has already been done.")


class TrackTransitionNotAllowed(Conflict):
    code = "case.track_transition_not_allowed"
    detail = _("This step is not possible in the present state of the procedure.")


class TrackMoveRepeated(Conflict):
    """The same step again; a screen treats it as success."""

    code = "case.track_already_done"
    detail = _("This step has already been made.")


class CaseChangedMeanwhile(Conflict):
    """`version` is the present one: reload, look, try again."""

    code = "case.changed_meanwhile"
    title = _("The case has changed")
    detail = _("Somebody has changed this case meanwhile. Look at the new state and repeat.")


class CaseAlreadySubmitted(Conflict):
    """Submitted before, perhaps by the same click; a screen treats it as success."""

    code = "case.already_submitted"
    detail = _("This case has already been submitted.")


class PersonalDataConsentWithdrawn(Conflict):
    code = "case.personal_data_withdrawn"
    title = _("The consent was withdrawn")
    detail = _(
        "You have withdrawn the consent to the processing of your data. Give it again under «Consents» to go on; "
        "cases already submitted are kept on legal grounds."
    )


class ConsentMissing(Conflict):
    """`missing` lists the kinds of consent."""

    code = "case.consent_missing"
    title = _("Consent is missing")
    detail = _("Accept the consents first, then submit.")


class PhoneNotConfirmed(Conflict):
    code = "case.phone_not_confirmed"
    title = _("Phone is not confirmed")
    detail = _("Confirm your phone number first, then submit.")


class RouteNotChosen(Conflict):
    code = "case.route_not_chosen"
    title = _("No procedure is open")
    detail = _("Open a procedure, or write down how the case is handled without one.")


class OpenTracksRemain(Conflict):
    code = "case.open_tracks"
    detail = _("Procedures of this case are still open.")


class ReopenTooLate(Conflict):
    code = "case.reopen_too_late"
    detail = _("More than 90 days have passed: write down the new facts.")


class ConflictOfInterest(Conflict):
    """Which rule it was is not told: it would tell for whom the person works."""

    code = "case.conflict_of_interest"
    title = _("Conflict of interest")
    detail = _("This person stands on another side of the dispute and cannot take part in this case.")


class PartyNotFound(NotFound):
    code = "case.party_not_found"
    detail = _("There is no such participant in this case.")
