"""RESTRUCTURING: letter, sending, the creditor's answer, the new schedule.

The letter itself is kept, signed and sent by the app of documents, which makes those steps as the system.
"""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.machine import Need, Row, Table, TrackAction, Who, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N, K = TrackState, TrackAction, Need, TrackKind
BORROWER, STAFF, CREDITOR, SYSTEM = Who.BORROWER, Who.STAFF, Who.CREDITOR, Who.SYSTEM
RELIEF: Final = (
    "RATE_CUT", "DEFERRAL", "TERM_EXTENDED", "SCHEDULE_CHANGED", "PENALTY_FORGIVEN", "INTEREST_FORGIVEN",
    "PRINCIPAL_PARTLY_FORGIVEN", "CURRENCY_CHANGED", "COLLATERAL_SOLD_BY_BORROWER",
)  # fmt: skip
# A creditor may decide before anybody noted that he received or considered the letter.
WITH_CREDITOR: Final = (T.SENT, T.RECEIVED, T.UNDER_REVIEW)
# A late answer is still an answer: silence ends with it.
ANSWERABLE: Final = (*WITH_CREDITOR, T.COUNTER_OFFER, T.NO_REPLY)
FAILED: Final = (T.REFUSED, T.NO_REPLY, T.REFUSED_BY_BORROWER, T.BREACHED)
_ANSWERS: Final = (CREDITOR, STAFF, SYSTEM)

ROWS: Final[tuple[Row, ...]] = (
    row(A.OPEN, T.PROPOSED, to=T.PREPARING, who=(BORROWER, STAFF, SYSTEM)),
    row(A.LETTER_READY, T.PREPARING, to=T.READY_TO_SIGN, who=(SYSTEM,)),
    row(A.EDIT, T.READY_TO_SIGN, to=T.PREPARING, who=(SYSTEM,)),
    row(A.SIGN, T.READY_TO_SIGN, to=T.SIGNED, who=(SYSTEM,)),
    row(A.SEND, T.SIGNED, T.SEND_FAILED, to=T.SENT, who=(SYSTEM,), meets="APPLICATION_SENT"),
    row(A.SEND_FAILED, T.SIGNED, T.SENT, to=T.SEND_FAILED, who=(SYSTEM,)),
    row(A.RECEIVE, T.SENT, to=T.RECEIVED, who=_ANSWERS, needs=(N.DATE,), may=(N.NUMBER,), fact="APPLICATION_RECEIVED",
        words=pgettext_lazy("step", "The creditor received the letter")),
    row(A.REVIEW, T.SENT, T.RECEIVED, to=T.UNDER_REVIEW, who=_ANSWERS, may=(N.NUMBER,),
        words=pgettext_lazy("step", "The creditor considers it")),
    row(A.ASK_MORE, *WITH_CREDITOR, to=T.MORE_INFO, who=_ANSWERS, needs=(N.REASON,), may=(N.DATE, N.NUMBER),
        words=pgettext_lazy("step", "The creditor asks for papers")),
    row(A.ANSWER_MORE, T.MORE_INFO, to=T.UNDER_REVIEW, who=(BORROWER, STAFF, SYSTEM), may=(N.DATE,),
        words=pgettext_lazy("step", "The papers are handed to the creditor")),
    row(A.OFFER, *ANSWERABLE, to=T.OFFER, who=_ANSWERS, needs=(N.DATE,), may=(N.REASON, N.NUMBER),
        fact="OFFER_RECEIVED"),
    row(A.COUNTER, T.OFFER, to=T.COUNTER_OFFER, who=(BORROWER, SYSTEM), needs=(N.REASON,), guard="rounds_left"),
    row(A.DECLINE_OFFER, T.OFFER, to=T.REFUSED_BY_BORROWER, who=(BORROWER, SYSTEM), may=(N.REASON,)),
    row(A.AGREE, T.OFFER, to=T.AGREED, who=(BORROWER, SYSTEM), may=(N.DATE,), fact="AGREED",
        words=pgettext_lazy("step", "Accept the offer")),
    row(A.AGREE, *ANSWERABLE, to=T.AGREED, who=_ANSWERS, needs=(N.DATE,), may=(N.NUMBER,),
        fact="AGREED", words=pgettext_lazy("step", "The creditor agreed")),
    row(A.AGREE, T.OFFER, to=T.AGREED, who=(STAFF,), needs=(N.DATE, N.REASON), fact="AGREED",
        words=pgettext_lazy("step", "The borrower accepted the offer")),
    row(A.REFUSE, *ANSWERABLE, to=T.REFUSED, who=_ANSWERS, needs=(N.DATE,), may=(N.REASON, N.NUMBER),
        fact="REFUSED", words=pgettext_lazy("step", "The creditor refused")),
    row(A.NO_REPLY, *WITH_CREDITOR, to=T.NO_REPLY, who=(STAFF, SYSTEM), fact="NO_REPLY", guard="reply_term_over"),
    row(A.SIGN_AGREEMENT, T.AGREED, to=T.AGREEMENT_SIGNED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.NUMBER,),
        words=pgettext_lazy("step", "The additional agreement is signed")),
    row(A.PERFORM, T.AGREEMENT_SIGNED, to=T.PERFORMING, who=(STAFF, SYSTEM),
        words=pgettext_lazy("step", "Payments by the new schedule begin")),
    row(A.FINISH, T.PERFORMING, to=T.DONE, who=(STAFF, SYSTEM), may=(N.OUTCOME,), outcomes=RELIEF,
        words=pgettext_lazy("step", "Everything is paid by the new schedule")),
    row(A.BREACH, T.PERFORMING, to=T.BREACHED, who=(BORROWER, CREDITOR, STAFF, SYSTEM), needs=(N.DATE,), may=(N.REASON,),
        fact="PAYMENT_MISSED", words=pgettext_lazy("step", "A payment was missed")),
    row(A.ESCALATE, *FAILED, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
    row(A.GIVE_UP, *FAILED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
    row(A.WITHDRAW, T.PREPARING, T.READY_TO_SIGN, T.SEND_FAILED, *WITH_CREDITOR, T.MORE_INFO, T.OFFER, T.COUNTER_OFFER,
        to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
)  # fmt: skip
_FURTHER: Final = (
    K.OMBUDSMAN, K.REGULATOR, K.MEDIATION, K.BANKRUPTCY_EXTRAJUDICIAL, K.BANKRUPTCY_JUDICIAL, K.SOLVENCY_RESTORATION,
)  # fmt: skip

TABLE: Final = Table(
    TrackKind.RESTRUCTURING,
    ROWS,
    (
        step("PREPARING", pgettext_lazy("step", "Letter prepared"), T.PREPARING),
        step("READY_TO_SIGN", pgettext_lazy("step", "Signature"), T.READY_TO_SIGN),
        step("SENT", pgettext_lazy("step", "Letter sent"), T.SIGNED, T.SEND_FAILED),
        step("UNDER_REVIEW", pgettext_lazy("step", "Creditor answers"), *WITH_CREDITOR, T.MORE_INFO),
        step(
            "DECISION", pgettext_lazy("step", "Decision"),
            T.OFFER, T.COUNTER_OFFER, T.REFUSED_BY_BORROWER, T.AGREED, T.REFUSED, T.NO_REPLY, T.ESCALATED,
        ),
        step("AGREEMENT_SIGNED", pgettext_lazy("step", "New agreement"), T.AGREEMENT_SIGNED),
        step("PERFORMING", pgettext_lazy("step", "Payments by the new schedule"), T.PERFORMING, T.BREACHED),
        step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
    ),
    next_steps=dict.fromkeys([*FAILED, T.ESCALATED], _FURTHER),
    starts=("DELAY_STARTED",),
)  # fmt: skip
