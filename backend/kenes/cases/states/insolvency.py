"""Bankruptcy without and with a court, and restoration of solvency.

The debtor alone files: in eGov by himself, to the court with a lawyer's help. The platform checks conditions, collects
papers and watches terms.
"""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.machine import Need, Row, Step, Table, TrackAction, Who, Words, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N, K = TrackState, TrackAction, Need, TrackKind
BORROWER, DEBTOR, STAFF, LAWYER, SYSTEM = Who.BORROWER, Who.DEBTOR, Who.STAFF, Who.LAWYER, Who.SYSTEM
_NOTES: Final = (BORROWER, LAWYER, STAFF, SYSTEM)
_FAILED: Final = (T.NOT_ELIGIBLE, T.REFUSED)


def _first_rows(*, filed: str) -> tuple[Row, ...]:
    """Conditions, papers, filing by the debtor, and the ways to end without a result."""
    return (
        row(A.OPEN, T.PROPOSED, to=T.ELIGIBILITY, who=(BORROWER, STAFF, SYSTEM)),
        row(A.CONFIRM, T.ELIGIBILITY, to=T.COLLECTING, who=(STAFF, LAWYER, SYSTEM), may=(N.REASON,),
            guard="no_recent_bankruptcy"),
        row(A.NOT_MET, T.ELIGIBILITY, T.COLLECTING, to=T.NOT_ELIGIBLE, who=(STAFF, LAWYER, SYSTEM), needs=(N.REASON,)),
        row(A.FILE, T.COLLECTING, to=T.FILED_BY_BORROWER, who=(DEBTOR,), needs=(N.DATE,), may=(N.NUMBER,), fact=filed,
            words=pgettext_lazy("step", "I have filed the application")),
        row(A.FILE, T.COLLECTING, to=T.FILED_BY_BORROWER, who=(STAFF,), needs=(N.DATE, N.NUMBER), fact=filed,
            words=pgettext_lazy("step", "The debtor filed the application himself")),
        row(A.RETURN, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.RETURNED, who=_NOTES, needs=(N.DATE, N.REASON),
            fact="BANKRUPTCY_RETURNED"),
        row(A.PREPARE, T.RETURNED, to=T.COLLECTING, who=(STAFF, LAWYER, SYSTEM), words=pgettext_lazy("step", "Mend and file again")),
        row(A.REVIEW, T.FILED_BY_BORROWER, to=T.UNDER_REVIEW, who=_NOTES, may=(N.DATE, N.NUMBER)),
        row(A.REFUSE, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.REFUSED, who=_NOTES, needs=(N.DATE, N.REASON),
            may=(N.NUMBER,), fact="BANKRUPTCY_REFUSED"),
        row(A.ESCALATE, *_FAILED, T.RETURNED, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, *_FAILED, T.RETURNED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, T.ELIGIBILITY, T.COLLECTING, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.WITHDRAWN,
            who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    )  # fmt: skip


def _after_rows(*sources: TrackState) -> tuple[Row, ...]:
    """Completion, the years of consequences after it, and the end of them."""
    return (
        row(A.COMPLETE, *sources, to=T.COMPLETED, who=_NOTES, needs=(N.DATE,), may=(N.NUMBER,), fact="BANKRUPTCY_COMPLETED"),
        row(A.AFTERCARE, T.COMPLETED, to=T.AFTERCARE, who=(STAFF, SYSTEM)),
        row(A.FINISH, T.AFTERCARE, to=T.DONE, who=(STAFF, SYSTEM), may=(N.OUTCOME,), outcomes=("BANKRUPTCY_DONE",)),
    )  # fmt: skip


def _first_steps(*, office: Words) -> tuple[Step, ...]:
    return (
        step("ELIGIBILITY", pgettext_lazy("step", "Conditions of the law"), T.ELIGIBILITY, T.NOT_ELIGIBLE),
        step("COLLECTING", pgettext_lazy("step", "Papers collected"), T.COLLECTING, T.RETURNED),
        step("REVIEW", office, T.FILED_BY_BORROWER, T.UNDER_REVIEW, T.REFUSED, T.ESCALATED),
    )


_AFTER: Final = (
    step("COMPLETED", pgettext_lazy("step", "Completion"), T.COMPLETED),
    step("AFTERCARE", pgettext_lazy("step", "Years after it"), T.AFTERCARE),
    step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
)

EXTRAJUDICIAL_TABLE: Final = Table(
    TrackKind.BANKRUPTCY_EXTRAJUDICIAL,
    (
        *_first_rows(filed="BANKRUPTCY_APPLIED"),
        row(A.START, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.STARTED, who=_NOTES, needs=(N.DATE,), may=(N.NUMBER,),
            fact="BANKRUPTCY_STARTED"),
        row(A.PUBLISH, T.STARTED, to=T.PUBLISHED, who=_NOTES, needs=(N.DATE,), fact="BANKRUPTCY_PUBLISHED"),
        *_after_rows(T.PUBLISHED),
    ),
    (
        *_first_steps(office=pgettext_lazy("step", "Revenue committee decides")),
        step("STARTED", pgettext_lazy("step", "Procedure started"), T.STARTED, T.PUBLISHED),
        *_AFTER,
    ),
    starts=("LAST_PAYMENT", "PREVIOUS_BANKRUPTCY"),
    words={
        T.FILED_BY_BORROWER: pgettext_lazy("track", "Application is filed in eGov"),
        T.UNDER_REVIEW: pgettext_lazy("track", "Revenue committee considers the application"),
        T.REFUSED: pgettext_lazy("track", "Bankruptcy was refused"),
    },
    next_steps=dict.fromkeys(
        [*_FAILED, T.RETURNED, T.ESCALATED],
        (K.BANKRUPTCY_JUDICIAL, K.SOLVENCY_RESTORATION, K.RESTRUCTURING, K.MEDIATION),
    ),
)  # fmt: skip
_COURT_WORDS: Final = {
    T.FILED_BY_BORROWER: pgettext_lazy("track", "Application is filed to the court"),
    T.UNDER_REVIEW: pgettext_lazy("track", "Court considers the application"),
}
JUDICIAL_TABLE: Final = Table(
    TrackKind.BANKRUPTCY_JUDICIAL,
    (
        *_first_rows(filed="COURT_APPLIED"),
        row(A.START, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.STARTED, who=_NOTES, needs=(N.DATE,), may=(N.NUMBER,),
            fact="BANKRUPTCY_STARTED", words=pgettext_lazy("step", "The court opened the procedure")),
        row(A.SELL_ASSETS, T.STARTED, to=T.ASSETS_SALE, who=_NOTES, may=(N.DATE,)),
        *_after_rows(T.STARTED, T.ASSETS_SALE),
    ),
    (
        *_first_steps(office=pgettext_lazy("step", "Court decides")),
        step("STARTED", pgettext_lazy("step", "Financial manager and sale of property"), T.STARTED, T.ASSETS_SALE),
        *_AFTER,
    ),
    starts=("LAST_PAYMENT", "PREVIOUS_BANKRUPTCY"),
    words={**_COURT_WORDS, T.REFUSED: pgettext_lazy("track", "Court refused bankruptcy")},
    next_steps=dict.fromkeys([*_FAILED, T.RETURNED, T.ESCALATED], (K.SOLVENCY_RESTORATION, K.RESTRUCTURING, K.MEDIATION)),
)  # fmt: skip
RESTORATION_TABLE: Final = Table(
    TrackKind.SOLVENCY_RESTORATION,
    (
        *_first_rows(filed="COURT_APPLIED"),
        row(A.START, T.FILED_BY_BORROWER, T.UNDER_REVIEW, to=T.STARTED, who=_NOTES, needs=(N.DATE,), may=(N.NUMBER,),
            fact="RESTORATION_DECIDED", words=pgettext_lazy("step", "The court decided on restoration")),
        row(A.APPROVE_PLAN, T.STARTED, to=T.PLAN_APPROVED, who=_NOTES, needs=(N.DATE,), may=(N.NUMBER,)),
        row(A.PERFORM, T.PLAN_APPROVED, to=T.PERFORMING, who=(STAFF, SYSTEM), words=pgettext_lazy("step", "Payments by the plan begin")),
        row(A.FINISH, T.PERFORMING, to=T.DONE, who=(STAFF, SYSTEM), may=(N.OUTCOME,), outcomes=("SCHEDULE_CHANGED",)),
        row(A.BREACH, T.PERFORMING, to=T.BREACHED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), may=(N.REASON,),
            words=pgettext_lazy("step", "A payment of the plan was missed")),
        row(A.ESCALATE, T.BREACHED, to=T.ESCALATED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.GIVE_UP, T.BREACHED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
    ),
    (
        *_first_steps(office=pgettext_lazy("step", "Court decides")),
        step("PLAN", pgettext_lazy("step", "Plan approved"), T.STARTED, T.PLAN_APPROVED),
        step("PERFORMING", pgettext_lazy("step", "Payments by the plan"), T.PERFORMING, T.BREACHED),
        step("DONE", pgettext_lazy("step", "Finished"), T.DONE, T.DONE_NO_RESULT),
    ),
    words={
        **_COURT_WORDS,
        T.STARTED: pgettext_lazy("track", "Court decided on restoration"),
        T.REFUSED: pgettext_lazy("track", "Court refused restoration"),
        T.PERFORMING: pgettext_lazy("track", "Plan is being paid"),
        T.BREACHED: pgettext_lazy("track", "A payment of the plan was missed"),
    },
    next_steps=dict.fromkeys([*_FAILED, T.RETURNED, T.BREACHED, T.ESCALATED], (K.BANKRUPTCY_JUDICIAL, K.RESTRUCTURING, K.MEDIATION)),
)  # fmt: skip
