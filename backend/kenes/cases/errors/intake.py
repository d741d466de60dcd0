"""Why a case cannot be begun for somebody."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class BorrowerHasDraft(Conflict):
    code = "case.borrower_has_draft"
    title = _("An application has already been begun")
    detail = _(
        "This borrower, or a colleague for him, has already begun an application. Ask him to finish or cancel it."
    )


class RecordedConsentNotFound(NotFound):
    code = "case.recorded_consent_not_found"
    detail = _("There is no such record of a consent.")


class RecordedConsentAnswered(Conflict):
    """A screen treats it as success."""

    code = "case.recorded_consent_answered"
    detail = _("You have already said what you think of this record.")


class PaperNotFound(NotFound):
    code = "case.paper_not_found"
    detail = _("This paper is not on the list of missing ones.")


class PaperAlreadySettled(Conflict):
    """A screen treats it as success."""

    code = "case.paper_settled"
    detail = _("This paper has already been received or waived.")


class PaperNotGiven(Conflict):
    code = "case.paper_not_given"
    detail = _("This paper has not come yet: there is nothing to look at.")


class PaperAlreadyAccepted(Conflict):
    """A screen treats it as success."""

    code = "case.paper_accepted"
    detail = _("This paper has already been accepted.")


class FindingNotFound(NotFound):
    code = "case.finding_not_found"
    detail = _("There is no such value from a paper, or it is not yours.")


class FindingAlreadyDecided(Conflict):
    """A screen treats it as success."""

    code = "case.finding_decided"
    detail = _("Somebody has already decided about this value.")


class FindingOnlyCompared(Conflict):
    code = "case.finding_only_compared"
    detail = _("This value is only compared with the case; it is not taken over. You can dismiss it.")
