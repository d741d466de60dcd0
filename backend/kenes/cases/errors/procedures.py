"""Why a procedure or a case may not take a step now."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, Forbidden


class TrackChangedMeanwhile(Conflict):
    """`version` is the present one: reload, look, try again."""

    code = "case.track_changed_meanwhile"
    title = _("The procedure has changed")
    detail = _("Somebody has moved this procedure meanwhile. Look at its new state and repeat.")


class TrackAlreadyOpen(Conflict):
    """`track_id` is the one that runs."""

    code = "case.track_already_open"
    detail = _("This procedure already runs for this debt.")


class EscalationNotOffered(Conflict):
    code = "case.escalation_not_offered"
    title = _("This step is not offered now")
    detail = _("Choose one of the next steps shown beside the procedure.")


class FiledByDebtorOnly(Forbidden):
    code = "case.filed_by_debtor_only"
    title = _("Only the debtor files this application")
    detail = _(
        "By law the application is filed by the debtor himself: in eGov or to the court. We only prepare the papers."
    )


class NoWrittenProof(Conflict):
    code = "case.no_written_proof"
    title = _("There is no proof of an application to the creditor")
    detail = _(
        "The ombudsman takes an appeal only when there is written proof that the creditor was asked first. Send an "
        "application to the creditor, or record the day on which he received it."
    )


class MatterInCourt(Conflict):
    code = "case.matter_in_court"
    title = _("A court considers this debt")
    detail = _("The ombudsman does not consider what is in court or was decided by a court.")


class RepeatedAppeal(Conflict):
    code = "case.repeated_appeal"
    title = _("The ombudsman has already considered this debt")
    detail = _("A repeated appeal needs new facts: write down what is new.")


class NoEvidence(Conflict):
    code = "case.no_evidence"
    title = _("There is nothing to complain about yet")
    detail = _(
        "Record the dated facts of the breach first: a contact of the collector, a refusal, silence, an assignment. Or "
        "write down what the complaint rests on."
    )


class ObjectionTermMissed(Conflict):
    """`due` is the last day on which the objection could be made."""

    code = "case.objection_term_missed"
    title = _("The term to object is over")
    detail = _(
        "Note that the term is missed: then it can be asked to be restored, or the matter goes to court."
    )


class TermStillRuns(Conflict):
    """`due` is the last day of the term, none where the day it runs from is not known."""

    code = "case.term_still_runs"
    title = _("The term is not over yet")
    detail = _("This can be noted only after the last day of the term.")


class MediatorMissing(Conflict):
    code = "case.mediator_missing"
    title = _("No mediator takes part")
    detail = _(
        "Add a mediator to the case first, or write down the name and register of a mediator from outside."
    )


class RecentBankruptcy(Conflict):
    """`until` is the day from which the procedure is possible again."""

    code = "case.recent_bankruptcy"
    title = _("Too early for another bankruptcy")
    detail = _("Since the earlier procedure the time set by law has not passed yet.")


class NoRoundsLeft(Conflict):
    """`limit` is how many counter-offers are made at most."""

    code = "case.no_rounds_left"
    title = _("No more counter-offers")
    detail = _("Accept the offer or decline it: a mediator or the ombudsman can help further.")


class PapersStillMissing(Conflict):
    """`missing` is how many papers were neither received nor waived."""

    code = "case.papers_missing"
    title = _("Papers are still missing")
    detail = _("Attach what was asked for, or the manager waives it.")


class ClosingAlreadyAnswered(Conflict):
    code = "case.closing_answered"
    detail = _("You have already answered whether the case is closed.")
