"""Failures that people meet while they look for help, propose it and meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class HelpRequestNotFound(NotFound):
    code = "help.request_not_found"
    detail = _("There is no such request for help.")


class ProposalNotFound(NotFound):
    code = "help.proposal_not_found"
    detail = _("There is no such proposal.")


class SpecialistPageNotFound(NotFound):
    code = "specialist.page_not_found"
    detail = _("There is no such specialist here now.")


class BookingNotFound(NotFound):
    code = "consultation.not_found"
    detail = _("There is no such consultation.")


class SessionNotFound(NotFound):
    code = "mediation.session_not_found"
    detail = _("There is no such session.")


class StepNotAllowed(Conflict):
    """`current_status` is that of the request, proposal or booking."""

    code = "help.step_not_allowed"
    detail = _("This is not possible in its present state.")


class StepRepeated(Conflict):
    """The same click again; a screen treats it as success."""

    code = "help.already_done"
    detail = _("This has already been done.")


class RequestAlreadyOpen(Conflict):
    code = "help.already_open"
    title = _("A request is open")
    detail = _("You already look for such a specialist in this case. Change or take back that request first.")


class ProposedAlready(Conflict):
    code = "help.proposed_already"
    detail = _("You have already made a proposal. Take it back to make another one.")


class SlotTaken(Conflict):
    code = "consultation.slot_taken"
    title = _("This time is taken")
    detail = _("Somebody has just booked this time. Choose another one.")


class SlotNotOffered(Conflict):
    code = "consultation.slot_not_offered"
    detail = _("This time is not offered. Choose one from the list.")


class TooManyBookings(Conflict):
    code = "consultation.too_many"
    detail = _("You already have consultations ahead. Hold or cancel one of them first.")


class TooLateToChange(Conflict):
    """`hours` before the beginning the borrower can no longer change it himself."""

    code = "consultation.too_late"
    title = _("Too late to change")
    detail = _("Less than %(hours)s hours are left. Write to the specialist if you cannot come.")


class MovedTooOften(Conflict):
    code = "consultation.moved_too_often"
    detail = _("This consultation has already been moved %(times)s times.")


class NotBegunYet(Conflict):
    code = "consultation.not_begun"
    detail = _("The consultation has not begun yet.")
