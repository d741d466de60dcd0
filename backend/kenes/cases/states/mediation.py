"""MEDIATION: nobody is drawn in against his will, so the way on is open only when every side has agreed."""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.machine import Need, Table, TrackAction, Who, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N, K = TrackState, TrackAction, Need, TrackKind
BORROWER, STAFF, CREDITOR, MEDIATOR, SYSTEM = Who.BORROWER, Who.STAFF, Who.CREDITOR, Who.MEDIATOR, Who.SYSTEM
_INVITING: Final = (T.INVITED, T.ACCEPTED_BY_BORROWER, T.ACCEPTED_BY_CREDITOR)
_LED: Final = (MEDIATOR, STAFF, SYSTEM)
_FAILED: Final = (T.DECLINED, T.NO_AGREEMENT, T.TERM_EXPIRED, T.BREACHED)

TABLE: Final = Table(
    TrackKind.MEDIATION,
    (
        row(A.OPEN, T.PROPOSED, to=T.INVITED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.CONSENT_BORROWER, T.INVITED, to=T.ACCEPTED_BY_BORROWER, who=(BORROWER,), may=(N.DATE,),
            words=pgettext_lazy("step", "Agree to mediation")),
        row(A.CONSENT_BORROWER, T.ACCEPTED_BY_CREDITOR, to=T.ACCEPTED_BY_ALL, who=(BORROWER,), may=(N.DATE,),
            words=pgettext_lazy("step", "Agree to mediation")),
        row(A.CONSENT_BORROWER, T.INVITED, to=T.ACCEPTED_BY_BORROWER, who=(STAFF,), needs=(N.DATE, N.REASON)),
        row(A.CONSENT_BORROWER, T.ACCEPTED_BY_CREDITOR, to=T.ACCEPTED_BY_ALL, who=(STAFF,), needs=(N.DATE, N.REASON)),
        row(A.CONSENT_CREDITOR, T.INVITED, to=T.ACCEPTED_BY_CREDITOR, who=(CREDITOR,), needs=(N.DATE,), may=(N.NUMBER,),
            words=pgettext_lazy("step", "Agree to mediation")),
        row(A.CONSENT_CREDITOR, T.ACCEPTED_BY_BORROWER, to=T.ACCEPTED_BY_ALL, who=(CREDITOR,), needs=(N.DATE,),
            may=(N.NUMBER,), words=pgettext_lazy("step", "Agree to mediation")),
        row(A.CONSENT_CREDITOR, T.INVITED, to=T.ACCEPTED_BY_CREDITOR, who=(STAFF,), needs=(N.DATE,), may=(N.NUMBER,)),
        row(A.CONSENT_CREDITOR, T.ACCEPTED_BY_BORROWER, to=T.ACCEPTED_BY_ALL, who=(STAFF,), needs=(N.DATE,), may=(N.NUMBER,)),
        row(A.DECLINE, *_INVITING, to=T.DECLINED, who=(BORROWER, CREDITOR), needs=(N.DATE,), may=(N.REASON,),
            words=pgettext_lazy("step", "Decline mediation")),
        row(A.DECLINE, *_INVITING, to=T.DECLINED, who=(STAFF, SYSTEM), needs=(N.DATE,), may=(N.REASON,)),
        row(A.CHOOSE_MEDIATOR, T.ACCEPTED_BY_ALL, to=T.MEDIATOR_CHOSEN, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,),
            guard="mediator_known"),
        row(A.SIGN_CONTRACT, T.MEDIATOR_CHOSEN, to=T.CONTRACT_SIGNED, who=_LED, needs=(N.DATE,), may=(N.NUMBER,),
            fact="MEDIATION_CONTRACT"),
        row(A.BEGIN_SESSIONS, T.CONTRACT_SIGNED, to=T.SESSIONS, who=_LED, needs=(N.DATE,)),
        row(A.SIGN_AGREEMENT, T.SESSIONS, to=T.AGREEMENT_SIGNED, who=_LED, needs=(N.DATE,), may=(N.NUMBER,),
            fact="MEDIATION_AGREED", words=pgettext_lazy("step", "The settlement agreement is signed")),
        row(A.NO_AGREEMENT, T.CONTRACT_SIGNED, T.SESSIONS, to=T.NO_AGREEMENT, who=_LED, needs=(N.DATE,), may=(N.REASON,),
            fact="MEDIATION_ENDED"),
        row(A.EXPIRE, T.CONTRACT_SIGNED, T.SESSIONS, to=T.TERM_EXPIRED, who=_LED, guard="mediation_term_over",
            words=pgettext_lazy("step", "The term of mediation is over")),
        row(A.PERFORM, T.AGREEMENT_SIGNED, to=T.PERFORMING, who=(STAFF, SYSTEM)),
        row(A.FINISH, T.PERFORMING, to=T.DONE, who=(STAFF, SYSTEM), may=(N.OUTCOME,), outcomes=("MEDIATED",)),
        row(A.BREACH, T.PERFORMING, to=T.BREACHED, who=(BORROWER, CREDITOR, STAFF, SYSTEM), needs=(N.DATE,), may=(N.REASON,),
            words=pgettext_lazy("step", "The agreement is not performed")),
        row(A.ESCALATE, *_FAILED, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, *_FAILED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, *_INVITING, T.ACCEPTED_BY_ALL, T.MEDIATOR_CHOSEN, T.CONTRACT_SIGNED, T.SESSIONS, to=T.WITHDRAWN,
            who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    ),
    (
        step("INVITED", pgettext_lazy("step", "Sides agree to mediation"), *_INVITING, T.DECLINED),
        step("MEDIATOR", pgettext_lazy("step", "Mediator chosen"), T.ACCEPTED_BY_ALL),
        step("CONTRACT", pgettext_lazy("step", "Agreement to mediate"), T.MEDIATOR_CHOSEN),
        step("SESSIONS", pgettext_lazy("step", "Sessions"), T.CONTRACT_SIGNED, T.SESSIONS, T.TERM_EXPIRED, T.NO_AGREEMENT),
        step("AGREEMENT", pgettext_lazy("step", "Settlement agreement"), T.AGREEMENT_SIGNED, T.ESCALATED),
        step("PERFORMING", pgettext_lazy("step", "Performance"), T.PERFORMING, T.BREACHED),
        step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
    ),
    words={
        T.AGREEMENT_SIGNED: pgettext_lazy("track", "Settlement agreement is signed"),
        T.PERFORMING: pgettext_lazy("track", "Settlement agreement is being performed"),
        T.BREACHED: pgettext_lazy("track", "Settlement agreement is not performed"),
    },
    next_steps=dict.fromkeys(
        [*_FAILED, T.ESCALATED],
        (K.OMBUDSMAN, K.REGULATOR, K.COURT_SUPPORT, K.BANKRUPTCY_EXTRAJUDICIAL, K.BANKRUPTCY_JUDICIAL,
         K.SOLVENCY_RESTORATION),
    ),
)  # fmt: skip
