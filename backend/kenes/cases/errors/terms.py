"""Failures that people meet while working with terms."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class DeadlineNotFound(NotFound):
    code = "case.deadline_not_found"
    title = _("Term not found")
    detail = _("There is no such term, or it is not yours to see.")


class DeadlineAlreadyMet(Conflict):
    """A screen treats it as success."""

    code = "case.deadline_already_met"
    detail = _("This term has already been marked as met.")


class DeadlineNotMet(Conflict):
    code = "case.deadline_not_met"
    detail = _("Only a mark made by hand can be taken back.")


class DeadlineOver(Conflict):
    code = "case.deadline_over"
    detail = _("This term is over: it can be neither suspended nor extended.")


class ExtensionNotProvided(Conflict):
    code = "case.extension_not_provided"
    detail = _("The rule of this term provides no extension.")


class FactNotFound(NotFound):
    code = "case.fact_not_found"
    detail = _("There is no such event in this case.")


class FactAlreadyCorrected(Conflict):
    code = "case.fact_already_corrected"
    detail = _("This event has already been stated anew. Correct the newer statement.")


class StepOfferNotFound(NotFound):
    code = "case.step_offer_not_found"
    detail = _("There is no such next step in this case.")


class StepOfferClosed(Conflict):
    """Chosen before, or the duty was kept meanwhile."""

    code = "case.step_offer_closed"
    detail = _("This next step is no longer open.")
