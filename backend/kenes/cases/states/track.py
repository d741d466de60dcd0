"""Kinds of tracks and the states a track can be in."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TrackKind(models.TextChoices):
    """A procedure that runs for an obligation or for the whole case."""

    RESTRUCTURING = "RESTRUCTURING", _("Change of loan terms")
    COLLECTOR_COMPLAINT = "COLLECTOR_COMPLAINT", _("Complaint about a collector")
    OMBUDSMAN = "OMBUDSMAN", _("Appeal to the ombudsman")
    REGULATOR = "REGULATOR", _("Complaint to the regulator")
    NOTARY_OBJECTION = "NOTARY_OBJECTION", _("Objection to a notary's inscription")
    MEDIATION = "MEDIATION", _("Mediation")
    BANKRUPTCY_EXTRAJUDICIAL = "BANKRUPTCY_EXTRAJUDICIAL", _("Out-of-court bankruptcy")
    BANKRUPTCY_JUDICIAL = "BANKRUPTCY_JUDICIAL", _("Bankruptcy through the court")
    SOLVENCY_RESTORATION = "SOLVENCY_RESTORATION", _("Restoration of solvency")
    COURT_SUPPORT = "COURT_SUPPORT", _("Help in court and enforcement")
    CONSULTATION = "CONSULTATION", _("Consultation")


# One such track for the whole case: it does not concern a single contract.
CASE_WIDE: Final = frozenset(
    {
        TrackKind.BANKRUPTCY_EXTRAJUDICIAL,
        TrackKind.BANKRUPTCY_JUDICIAL,
        TrackKind.SOLVENCY_RESTORATION,
        TrackKind.CONSULTATION,
    }
)


class TrackState(models.TextChoices):
    """State of a track. PROPOSED: the rules suggest it, nobody has opened it."""

    PROPOSED = "PROPOSED", pgettext_lazy("track", "Proposed")
    PREPARING = "PREPARING", pgettext_lazy("track", "Letter is being prepared")
    READY_TO_SIGN = "READY_TO_SIGN", pgettext_lazy("track", "Letter waits for a signature")
    SIGNED = "SIGNED", pgettext_lazy("track", "Letter is signed, on its way")
    SENT = "SENT", pgettext_lazy("track", "Letter is sent")
    SEND_FAILED = "SEND_FAILED", pgettext_lazy("track", "Letter could not be sent")
    RECEIVED = "RECEIVED", pgettext_lazy("track", "Creditor has received the letter")
    UNDER_REVIEW = "UNDER_REVIEW", pgettext_lazy("track", "Creditor is considering it")
    MORE_INFO = "MORE_INFO", pgettext_lazy("track", "Creditor asks for more papers")
    OFFER = "OFFER", pgettext_lazy("track", "Creditor has made an offer")
    COUNTER_OFFER = "COUNTER_OFFER", pgettext_lazy("track", "Counter-offer is with the creditor")
    REFUSED_BY_BORROWER = "REFUSED_BY_BORROWER", pgettext_lazy("track", "Borrower declined the offer")
    AGREED = "AGREED", pgettext_lazy("track", "Agreed with the creditor")
    AGREEMENT_SIGNED = "AGREEMENT_SIGNED", pgettext_lazy("track", "Agreement is signed")
    PERFORMING = "PERFORMING", pgettext_lazy("track", "New schedule is being paid")
    BREACHED = "BREACHED", pgettext_lazy("track", "A payment was missed")
    REFUSED = "REFUSED", pgettext_lazy("track", "Creditor refused")
    NO_REPLY = "NO_REPLY", pgettext_lazy("track", "Creditor did not answer in time")
    ESCALATED = "ESCALATED", pgettext_lazy("track", "Taken further: complaint or mediation")
    CHECK_PRECONDITIONS = "CHECK_PRECONDITIONS", pgettext_lazy("track", "Conditions are being checked")
    EVIDENCE = "EVIDENCE", pgettext_lazy("track", "Evidence is being collected")
    ACCEPTED = "ACCEPTED", pgettext_lazy("track", "Accepted for consideration")
    RETURNED = "RETURNED", pgettext_lazy("track", "Returned: something has to be mended")
    DECISION_FOR = "DECISION_FOR", pgettext_lazy("track", "Decided for the borrower")
    DECISION_PARTIAL = "DECISION_PARTIAL", pgettext_lazy("track", "Decided partly for the borrower")
    DECISION_AGAINST = "DECISION_AGAINST", pgettext_lazy("track", "Decided against the borrower")
    BORROWER_ACCEPTS = "BORROWER_ACCEPTS", pgettext_lazy("track", "Borrower accepted the decision")
    BORROWER_DECLINES = "BORROWER_DECLINES", pgettext_lazy("track", "Borrower declined the decision")
    LENDER_PERFORMS = "LENDER_PERFORMS", pgettext_lazy("track", "Creditor carries out the decision")
    REGISTERED = "REGISTERED", pgettext_lazy("track", "Complaint is registered")
    REPLIED = "REPLIED", pgettext_lazy("track", "Complaint is answered")
    APPEALED = "APPEALED", pgettext_lazy("track", "Decision is appealed")
    RECEIVED_COPY = "RECEIVED_COPY", pgettext_lazy("track", "Copy of the inscription received")
    CANCELLED_BY_NOTARY = "CANCELLED_BY_NOTARY", pgettext_lazy("track", "Notary cancelled the inscription")
    REJECTED = "REJECTED", pgettext_lazy("track", "Objection was rejected")
    TERM_MISSED = "TERM_MISSED", pgettext_lazy("track", "Term to object is missed")
    TERM_RESTORE = "TERM_RESTORE", pgettext_lazy("track", "Restoring the term is being asked for")
    INVITED = "INVITED", pgettext_lazy("track", "Mediation is proposed to the sides")
    ACCEPTED_BY_BORROWER = "ACCEPTED_BY_BORROWER", pgettext_lazy("track", "Borrower agreed to mediation")
    ACCEPTED_BY_CREDITOR = "ACCEPTED_BY_CREDITOR", pgettext_lazy("track", "Creditor agreed to mediation")
    ACCEPTED_BY_ALL = "ACCEPTED_BY_ALL", pgettext_lazy("track", "All sides agreed to mediation")
    DECLINED = "DECLINED", pgettext_lazy("track", "A side declined mediation")
    MEDIATOR_CHOSEN = "MEDIATOR_CHOSEN", pgettext_lazy("track", "Mediator is chosen")
    CONTRACT_SIGNED = "CONTRACT_SIGNED", pgettext_lazy("track", "Agreement to mediate is signed")
    SESSIONS = "SESSIONS", pgettext_lazy("track", "Sessions with the mediator")
    NO_AGREEMENT = "NO_AGREEMENT", pgettext_lazy("track", "No agreement was reached")
    TERM_EXPIRED = "TERM_EXPIRED", pgettext_lazy("track", "Term of mediation is over")
    ELIGIBILITY = "ELIGIBILITY", pgettext_lazy("track", "Conditions of the law are being checked")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", pgettext_lazy("track", "Conditions of the law are not met")
    COLLECTING = "COLLECTING", pgettext_lazy("track", "Papers are being collected")
    FILED_BY_BORROWER = "FILED_BY_BORROWER", pgettext_lazy("track", "Borrower filed the application")
    STARTED = "STARTED", pgettext_lazy("track", "Procedure has started")
    PUBLISHED = "PUBLISHED", pgettext_lazy("track", "Procedure is announced")
    ASSETS_SALE = "ASSETS_SALE", pgettext_lazy("track", "Property is being sold")
    PLAN_APPROVED = "PLAN_APPROVED", pgettext_lazy("track", "Court approved the plan")
    COMPLETED = "COMPLETED", pgettext_lazy("track", "Procedure is completed")
    AFTERCARE = "AFTERCARE", pgettext_lazy("track", "Years after the procedure")
    FILED = "FILED", pgettext_lazy("track", "Papers are handed to the court")
    IN_COURT = "IN_COURT", pgettext_lazy("track", "Court considers it")
    ENFORCEMENT = "ENFORCEMENT", pgettext_lazy("track", "Enforcement by a bailiff")
    REQUESTED = "REQUESTED", pgettext_lazy("track", "Consultation is asked for")
    TERMS_PROPOSED = "TERMS_PROPOSED", pgettext_lazy("track", "Fee and time are proposed")
    BOOKED = "BOOKED", pgettext_lazy("track", "Consultation is booked")
    HELD = "HELD", pgettext_lazy("track", "Consultation was held")
    NO_SHOW = "NO_SHOW", pgettext_lazy("track", "Somebody did not come")
    CANCELLED = "CANCELLED", pgettext_lazy("track", "Booking is cancelled")
    SUMMARY_SENT = "SUMMARY_SENT", pgettext_lazy("track", "Summary is sent")
    DONE = "DONE", pgettext_lazy("track", "Finished")
    DONE_NO_RESULT = "DONE_NO_RESULT", pgettext_lazy("track", "Finished without a result")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("track", "Stopped")


# Nothing leads on from these in any procedure.
ENDED: Final = frozenset(
    {TrackState.DONE, TrackState.DONE_NO_RESULT, TrackState.ESCALATED, TrackState.WITHDRAWN}
)
# Ended well, or nothing is left to do but keep to what was agreed.
SETTLED: Final = frozenset({TrackState.PERFORMING, TrackState.DONE, TrackState.AFTERCARE})
