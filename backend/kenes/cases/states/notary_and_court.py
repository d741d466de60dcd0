"""Objection to a notary's executive inscription, and help in court and with enforcement.

The term to object runs from the day the copy was received, so that day is asked first. After the term only a court or
a restored term helps.
"""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.complaints import letter_rows
from kenes.cases.states.machine import Need, Table, TrackAction, Who, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N, K = TrackState, TrackAction, Need, TrackKind
BORROWER, STAFF, NOTARY, LAWYER, SYSTEM = Who.BORROWER, Who.STAFF, Who.NOTARY, Who.LAWYER, Who.SYSTEM
_RULES: Final = (NOTARY, STAFF, SYSTEM)
_WITH_NOTARY: Final = (T.SENT, T.RECEIVED)
_LATE: Final = (T.RECEIVED_COPY, T.PREPARING, T.READY_TO_SIGN)

NOTARY_TABLE: Final = Table(
    TrackKind.NOTARY_OBJECTION,
    (
        row(A.OPEN, T.PROPOSED, to=T.RECEIVED_COPY, who=(BORROWER, STAFF, SYSTEM)),
        row(A.PREPARE, T.RECEIVED_COPY, to=T.PREPARING, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.NUMBER,),
            fact="INSCRIPTION_RECEIVED", guard="objection_term_running",
            words=pgettext_lazy("step", "Note the day the copy was received")),
        *letter_rows(sent="OBJECTION_SENT"),
        row(A.SEND, T.TERM_RESTORE, to=T.SENT, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.NUMBER,),
            words=pgettext_lazy("step", "The late objection is sent with the request to restore the term")),
        row(A.RECEIVE, T.SENT, to=T.RECEIVED, who=_RULES, needs=(N.DATE,), may=(N.NUMBER,), fact="OBJECTION_RECEIVED",
            words=pgettext_lazy("step", "The notary received the objection")),
        row(A.CANCEL_INSCRIPTION, *_WITH_NOTARY, to=T.CANCELLED_BY_NOTARY, who=_RULES, needs=(N.DATE,), may=(N.NUMBER,),
            fact="INSCRIPTION_CANCELLED"),
        row(A.REJECT, *_WITH_NOTARY, to=T.REJECTED, who=_RULES, needs=(N.DATE,), may=(N.NUMBER, N.REASON),
            fact="OBJECTION_REJECTED"),
        row(A.MISS_TERM, *_LATE, to=T.TERM_MISSED, who=(STAFF, SYSTEM), guard="objection_term_over",
            words=pgettext_lazy("step", "The term to object is missed")),
        row(A.RESTORE_TERM, T.TERM_MISSED, T.RECEIVED_COPY, to=T.TERM_RESTORE, who=(BORROWER, STAFF), needs=(N.REASON,)),
        row(A.FINISH, T.CANCELLED_BY_NOTARY, to=T.DONE, who=(STAFF, SYSTEM), outcomes=("INSCRIPTION_CANCELLED",),
            may=(N.OUTCOME,)),
        row(A.ESCALATE, T.REJECTED, T.TERM_MISSED, T.CANCELLED_BY_NOTARY, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, T.REJECTED, T.TERM_MISSED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, *_LATE, T.TERM_RESTORE, T.SEND_FAILED, *_WITH_NOTARY, to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM),
            needs=(N.REASON,)),
    ),
    (
        step("COPY", pgettext_lazy("step", "Day of receiving the copy"), T.RECEIVED_COPY, T.TERM_MISSED),
        step("PREPARING", pgettext_lazy("step", "Objection prepared"), T.PREPARING, T.TERM_RESTORE),
        step("SIGNED", pgettext_lazy("step", "Signature"), T.READY_TO_SIGN),
        step("SENT", pgettext_lazy("step", "Objection sent"), T.SIGNED, T.SEND_FAILED),
        step("NOTARY", pgettext_lazy("step", "Notary decides"), *_WITH_NOTARY),
        step("DONE", pgettext_lazy("step", "Result"), T.CANCELLED_BY_NOTARY, T.REJECTED, T.ESCALATED, T.DONE,
             T.DONE_NO_RESULT),
    ),
    words={
        T.PREPARING: pgettext_lazy("track", "Objection is being prepared"),
        T.READY_TO_SIGN: pgettext_lazy("track", "Objection waits for a signature"),
        T.SIGNED: pgettext_lazy("track", "Objection is signed"),
        T.SENT: pgettext_lazy("track", "Objection is sent to the notary"),
        T.SEND_FAILED: pgettext_lazy("track", "Objection could not be sent"),
        T.RECEIVED: pgettext_lazy("track", "Notary has received the objection"),
    },
    next_steps=dict.fromkeys([T.REJECTED, T.TERM_MISSED, T.CANCELLED_BY_NOTARY, T.ESCALATED], (K.COURT_SUPPORT,)),
    starts=("INSCRIPTION_MADE",),
)  # fmt: skip

_DECIDED: Final = (T.DECISION_FOR, T.DECISION_PARTIAL, T.DECISION_AGAINST)
_HELP: Final = (LAWYER, STAFF, SYSTEM)
_ALL: Final = (BORROWER, LAWYER, STAFF, SYSTEM)
_JUDGED: Final = (T.FILED, T.IN_COURT, T.APPEALED)

COURT_TABLE: Final = Table(
    TrackKind.COURT_SUPPORT,
    (
        row(A.OPEN, T.PROPOSED, to=T.EVIDENCE, who=(BORROWER, STAFF, SYSTEM)),
        row(A.COLLECTED, T.EVIDENCE, to=T.PREPARING, who=_HELP),
        row(A.FILE, T.PREPARING, to=T.FILED, who=_ALL, needs=(N.DATE,), may=(N.NUMBER,), meets="COURT_PAPERS_FILED",
            words=pgettext_lazy("step", "The papers are handed to the court")),
        row(A.SET_HEARING, T.EVIDENCE, T.PREPARING, T.FILED, T.IN_COURT, T.APPEALED, to=T.IN_COURT, who=_ALL, needs=(N.DATE,),
            may=(N.NUMBER,), fact="COURT_DATE", ahead=True),
        row(A.DECIDE_FOR, *_JUDGED, to=T.DECISION_FOR, who=_HELP, needs=(N.DATE,), may=(N.NUMBER,)),
        row(A.DECIDE_PARTIAL, *_JUDGED, to=T.DECISION_PARTIAL, who=_HELP, needs=(N.DATE,), may=(N.NUMBER, N.REASON)),
        row(A.DECIDE_AGAINST, *_JUDGED, to=T.DECISION_AGAINST, who=_HELP, needs=(N.DATE,), may=(N.NUMBER, N.REASON)),
        row(A.APPEAL, T.DECISION_PARTIAL, T.DECISION_AGAINST, to=T.APPEALED, who=_ALL, needs=(N.DATE,), may=(N.NUMBER,)),
        row(A.ENFORCE, T.EVIDENCE, T.PREPARING, *_JUDGED, T.DECISION_PARTIAL, T.DECISION_AGAINST, to=T.ENFORCEMENT,
            who=_ALL, needs=(N.DATE,), may=(N.NUMBER,), fact="PROPERTY_ARREST",
            words=pgettext_lazy("step", "A bailiff arrested property or accounts")),
        row(A.FINISH, *_DECIDED, T.ENFORCEMENT, to=T.DONE, who=(STAFF, SYSTEM), may=(N.REASON,)),
        row(A.GIVE_UP, T.DECISION_PARTIAL, T.DECISION_AGAINST, T.ENFORCEMENT, to=T.DONE_NO_RESULT,
            who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.ESCALATE, T.DECISION_AGAINST, T.DECISION_PARTIAL, T.ENFORCEMENT, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.WITHDRAW, T.EVIDENCE, T.PREPARING, *_JUDGED, to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    ),
    (
        step("EVIDENCE", pgettext_lazy("step", "Papers collected"), T.EVIDENCE),
        step("PREPARING", pgettext_lazy("step", "Papers for the court prepared"), T.PREPARING),
        step("COURT", pgettext_lazy("step", "Court considers it"), T.FILED, T.IN_COURT, T.APPEALED),
        step("DECISION", pgettext_lazy("step", "Decision of the court"), *_DECIDED),
        step("ENFORCEMENT", pgettext_lazy("step", "Enforcement"), T.ENFORCEMENT, T.ESCALATED),
        step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
    ),
    words={
        T.EVIDENCE: pgettext_lazy("track", "Papers for the court are being collected"),
        T.PREPARING: pgettext_lazy("track", "Papers for the court are being prepared"),
        T.APPEALED: pgettext_lazy("track", "Decision of the court is appealed"),
        T.DECISION_FOR: pgettext_lazy("track", "Court decided for the borrower"),
        T.DECISION_PARTIAL: pgettext_lazy("track", "Court decided partly for the borrower"),
        T.DECISION_AGAINST: pgettext_lazy("track", "Court decided against the borrower"),
    },
    next_steps=dict.fromkeys(
        [T.DECISION_AGAINST, T.DECISION_PARTIAL, T.ENFORCEMENT, T.ESCALATED],
        (K.MEDIATION, K.BANKRUPTCY_EXTRAJUDICIAL, K.BANKRUPTCY_JUDICIAL, K.SOLVENCY_RESTORATION),
    ),
)  # fmt: skip
