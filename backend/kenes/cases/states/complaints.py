"""Complaints in writing: to the ombudsman, to the regulator, about a collector.

The ombudsman takes an appeal only with written proof that the creditor was asked first, not while a court considers the
matter, and not twice without new facts; what he decides binds the lender once the borrower accepts it.
"""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.machine import Need, Row, Step, Table, TrackAction, Who, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N, K = TrackState, TrackAction, Need, TrackKind
BORROWER, STAFF, OMBUDSMAN, SYSTEM = Who.BORROWER, Who.STAFF, Who.OMBUDSMAN, Who.SYSTEM
COMPLAINT_OUTCOMES: Final = ("SATISFIED", "PARTLY_SATISFIED", "REJECTED")


def letter_rows(*, sent: str) -> tuple[Row, ...]:
    """The way of a letter that people prepare, sign and send: correcting, signing, sending, sending in vain."""
    return (
        row(A.LETTER_READY, T.PREPARING, to=T.READY_TO_SIGN, who=(STAFF, SYSTEM)),
        row(A.EDIT, T.READY_TO_SIGN, to=T.PREPARING, who=(STAFF, SYSTEM)),
        row(A.SIGN, T.READY_TO_SIGN, to=T.SIGNED, who=(SYSTEM,)),
        row(A.SIGN, T.READY_TO_SIGN, to=T.SIGNED, who=(Who.DEBTOR,), may=(N.DATE,),
            words=pgettext_lazy("step", "I have signed the letter")),
        row(A.SIGN, T.READY_TO_SIGN, to=T.SIGNED, who=(STAFF,), needs=(N.DATE, N.REASON),
            words=pgettext_lazy("step", "The borrower signed on paper or by ЭЦП")),
        row(A.SEND, T.SIGNED, T.SEND_FAILED, to=T.SENT, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.NUMBER,),
            meets=sent),
        row(A.SEND_FAILED, T.SIGNED, T.SENT, to=T.SEND_FAILED, who=(STAFF, SYSTEM), may=(N.REASON,)),
    )  # fmt: skip


_BEFORE_DECISION: Final = (
    T.CHECK_PRECONDITIONS, T.PREPARING, T.READY_TO_SIGN, T.SEND_FAILED, T.SENT, T.ACCEPTED, T.RETURNED,
)  # fmt: skip
_OFFICE: Final = (OMBUDSMAN, STAFF, SYSTEM)
_LOST: Final = (T.DECISION_AGAINST, T.BORROWER_DECLINES, T.RETURNED, T.BREACHED)

OMBUDSMAN_TABLE: Final = Table(
    TrackKind.OMBUDSMAN,
    (
        row(A.OPEN, T.PROPOSED, to=T.CHECK_PRECONDITIONS, who=(BORROWER, STAFF, SYSTEM)),
        row(A.CONFIRM, T.CHECK_PRECONDITIONS, to=T.PREPARING, who=(STAFF, SYSTEM), may=(N.REASON,),
            guard="ombudsman_conditions"),
        row(A.NOT_MET, T.CHECK_PRECONDITIONS, to=T.NOT_ELIGIBLE, who=(STAFF, SYSTEM), needs=(N.REASON,)),
        *letter_rows(sent="APPEAL_SENT"),
        row(A.ACCEPT, T.SENT, to=T.ACCEPTED, who=_OFFICE, needs=(N.DATE,), may=(N.NUMBER,), fact="OMBUDSMAN_ACCEPTED",
            words=pgettext_lazy("step", "The ombudsman accepted the appeal")),
        row(A.RETURN, T.SENT, T.ACCEPTED, to=T.RETURNED, who=_OFFICE, needs=(N.DATE, N.REASON),
            words=pgettext_lazy("step", "The ombudsman returned the appeal")),
        row(A.PREPARE, T.RETURNED, to=T.PREPARING, who=(STAFF, SYSTEM), words=pgettext_lazy("step", "Mend and send again")),
        row(A.DECIDE_FOR, T.ACCEPTED, to=T.DECISION_FOR, who=_OFFICE, needs=(N.DATE,), may=(N.NUMBER,),
            fact="OMBUDSMAN_DECIDED"),
        row(A.DECIDE_PARTIAL, T.ACCEPTED, to=T.DECISION_PARTIAL, who=_OFFICE, needs=(N.DATE,), may=(N.NUMBER, N.REASON),
            fact="OMBUDSMAN_DECIDED"),
        row(A.DECIDE_AGAINST, T.ACCEPTED, to=T.DECISION_AGAINST, who=_OFFICE, needs=(N.DATE,), may=(N.NUMBER, N.REASON),
            fact="OMBUDSMAN_DECIDED"),
        row(A.ACCEPT_DECISION, T.DECISION_FOR, T.DECISION_PARTIAL, to=T.BORROWER_ACCEPTS, who=(BORROWER,), may=(N.DATE,)),
        row(A.DECLINE_DECISION, T.DECISION_FOR, T.DECISION_PARTIAL, T.DECISION_AGAINST, to=T.BORROWER_DECLINES,
            who=(BORROWER,), may=(N.REASON,)),
        row(A.PERFORM, T.BORROWER_ACCEPTS, to=T.LENDER_PERFORMS, who=(STAFF, SYSTEM), may=(N.DATE,),
            words=pgettext_lazy("step", "The creditor carries out the decision")),
        row(A.FINISH, T.LENDER_PERFORMS, to=T.DONE, who=(BORROWER, STAFF, SYSTEM), may=(N.DATE, N.REASON),
            words=pgettext_lazy("step", "The creditor has carried out the decision")),
        row(A.BREACH, T.BORROWER_ACCEPTS, T.LENDER_PERFORMS, to=T.BREACHED, who=(BORROWER, STAFF, SYSTEM),
            needs=(N.DATE,), may=(N.REASON,), words=pgettext_lazy("step", "The creditor does not carry it out")),
        row(A.ESCALATE, *_LOST, T.NOT_ELIGIBLE, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, *_LOST, T.NOT_ELIGIBLE, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, *_BEFORE_DECISION, to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    ),
    (
        step("CHECK", pgettext_lazy("step", "Conditions checked"), T.CHECK_PRECONDITIONS, T.NOT_ELIGIBLE),
        step("PREPARING", pgettext_lazy("step", "Appeal prepared"), T.PREPARING, T.RETURNED),
        step("SIGNED", pgettext_lazy("step", "Signature"), T.READY_TO_SIGN),
        step("SENT", pgettext_lazy("step", "Appeal sent"), T.SIGNED, T.SEND_FAILED),
        step("ACCEPTED", pgettext_lazy("step", "Ombudsman considers it"), T.SENT, T.ACCEPTED),
        step("DECISION", pgettext_lazy("step", "Decision"), T.DECISION_FOR, T.DECISION_PARTIAL, T.DECISION_AGAINST),
        step("CHOICE", pgettext_lazy("step", "Your answer to the decision"), T.BORROWER_DECLINES, T.ESCALATED),
        step("PERFORMS", pgettext_lazy("step", "Creditor carries it out"), T.BORROWER_ACCEPTS, T.LENDER_PERFORMS, T.BREACHED),
        step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
    ),
    words={
        T.PREPARING: pgettext_lazy("track", "Appeal to the ombudsman is being prepared"),
        T.READY_TO_SIGN: pgettext_lazy("track", "Appeal waits for a signature"),
        T.SIGNED: pgettext_lazy("track", "Appeal is signed"),
        T.SENT: pgettext_lazy("track", "Appeal is sent to the ombudsman"),
        T.SEND_FAILED: pgettext_lazy("track", "Appeal could not be sent"),
        T.ACCEPTED: pgettext_lazy("track", "Ombudsman considers the appeal"),
        T.NOT_ELIGIBLE: pgettext_lazy("track", "Conditions of the ombudsman are not met"),
        T.BREACHED: pgettext_lazy("track", "Creditor does not carry out the decision"),
    },
    next_steps=dict.fromkeys([*_LOST, T.NOT_ELIGIBLE, T.ESCALATED], (K.REGULATOR, K.MEDIATION, K.COURT_SUPPORT)),
    starts=("REFUSED",),
)  # fmt: skip


def _complaint_rows() -> tuple[Row, ...]:
    return (
        row(A.OPEN, T.PROPOSED, to=T.EVIDENCE, who=(BORROWER, STAFF, SYSTEM)),
        row(A.COLLECTED, T.EVIDENCE, to=T.PREPARING, who=(STAFF, SYSTEM), may=(N.REASON,), guard="evidence",
            words=pgettext_lazy("step", "Evidence is collected")),
        *letter_rows(sent="COMPLAINT_SENT"),
        row(A.REGISTER, T.SENT, to=T.REGISTERED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE, N.NUMBER),
            fact="COMPLAINT_REGISTERED"),
        row(A.REPLY, T.REGISTERED, T.APPEALED, to=T.REPLIED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE, N.OUTCOME),
            may=(N.NUMBER, N.REASON), fact="COMPLAINT_ANSWERED", outcomes=COMPLAINT_OUTCOMES),
        row(A.APPEAL, T.REPLIED, to=T.APPEALED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.NUMBER, N.REASON),
            words=pgettext_lazy("step", "The answer is appealed")),
        row(A.FINISH, T.REPLIED, T.APPEALED, to=T.DONE, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.ESCALATE, T.REPLIED, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, T.REPLIED, T.APPEALED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, T.EVIDENCE, T.PREPARING, T.READY_TO_SIGN, T.SEND_FAILED, T.SENT, T.REGISTERED, T.APPEALED,
            to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    )  # fmt: skip


def _complaint_steps() -> tuple[Step, ...]:
    return (
        step("EVIDENCE", pgettext_lazy("step", "Evidence collected"), T.EVIDENCE),
        step("PREPARING", pgettext_lazy("step", "Complaint prepared"), T.PREPARING),
        step("SIGNED", pgettext_lazy("step", "Signature"), T.READY_TO_SIGN),
        step("SENT", pgettext_lazy("step", "Complaint sent"), T.SIGNED, T.SEND_FAILED),
        step("REGISTERED", pgettext_lazy("step", "Complaint registered"), T.SENT),
        step("REPLIED", pgettext_lazy("step", "Answer"), T.REGISTERED, T.APPEALED),
        step("DONE", pgettext_lazy("step", "Finished"), T.REPLIED, T.ESCALATED, T.DONE, T.DONE_NO_RESULT),
    )


_COMPLAINT_WORDS: Final = {
    T.PREPARING: pgettext_lazy("track", "Complaint is being prepared"),
    T.READY_TO_SIGN: pgettext_lazy("track", "Complaint waits for a signature"),
    T.SIGNED: pgettext_lazy("track", "Complaint is signed"),
    T.SENT: pgettext_lazy("track", "Complaint is sent"),
    T.SEND_FAILED: pgettext_lazy("track", "Complaint could not be sent"),
    T.APPEALED: pgettext_lazy("track", "Answer to the complaint is appealed"),
}
REGULATOR_TABLE: Final = Table(
    TrackKind.REGULATOR, _complaint_rows(), _complaint_steps(), dict(_COMPLAINT_WORDS),
    next_steps=dict.fromkeys([T.REPLIED, T.ESCALATED], (K.OMBUDSMAN, K.MEDIATION, K.COURT_SUPPORT)),
)  # fmt: skip
COLLECTOR_TABLE: Final = Table(
    TrackKind.COLLECTOR_COMPLAINT, _complaint_rows(), _complaint_steps(), dict(_COMPLAINT_WORDS),
    next_steps=dict.fromkeys([T.REPLIED, T.ESCALATED], (K.REGULATOR, K.COURT_SUPPORT)),
)  # fmt: skip
