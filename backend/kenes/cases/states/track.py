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


# Procedures that the platform carries out; the others are proposed and led by a manager by hand.
RUNNABLE: Final = frozenset({TrackKind.RESTRUCTURING})
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
    DONE = "DONE", pgettext_lazy("track", "Finished")
    DONE_NO_RESULT = "DONE_NO_RESULT", pgettext_lazy("track", "Finished without a result")


ENDED: Final = frozenset({TrackState.DONE, TrackState.DONE_NO_RESULT, TrackState.ESCALATED})
