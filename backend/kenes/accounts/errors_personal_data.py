"""Failures of consents, copies of data, erasure and terms of keeping that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class ConsentNotGiven(NotFound):
    code = "consent.not_given"
    detail = _("You have not given this consent, or have already withdrawn it.")


class ConsentMissing(Conflict):
    """`kind` names the consent that the step needs."""

    code = "consent.missing"
    title = _("A consent is needed")
    detail = _("This is possible only with a consent that has been withdrawn. Give it again to go on.")


class DataRequestNotFound(NotFound):
    code = "data_request.not_found"


class DataRequestOpen(Conflict):
    code = "data_request.already_open"
    title = _("There is already such a request")
    detail = _("A request of this kind is still being worked on. Wait for it or withdraw it.")


class DataRequestStepNotAllowed(Conflict):
    """`current_status` names where the request stands."""

    code = "data_request.step_not_allowed"
    detail = _("The request is already at another step.")


class ErasureBlocked(Conflict):
    """`blockers` lists what has to end first."""

    code = "data_request.blocked"
    title = _("The data cannot be erased yet")
    detail = _("Something has to be finished first. See the list of reasons.")


class DataRequestOwn(Conflict):
    code = "data_request.own_decision"
    detail = _("Whoever started the request does not decide on it. Ask a colleague.")


class CopyNotReady(Conflict):
    code = "data_request.copy_not_ready"
    detail = _("The copy is not ready yet, or its seven days are over. Ask for a new one.")


class RetentionRuleNotFound(NotFound):
    code = "retention.rule_not_found"
