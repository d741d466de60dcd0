"""CONSULTATION: asked for, proposed with fee and time, booked, held, summed up."""

from typing import Final

from django.utils.translation import pgettext_lazy

from kenes.cases.states.machine import Need, Table, TrackAction, Who, row, step
from kenes.cases.states.track import TrackKind, TrackState

T, A, N = TrackState, TrackAction, Need
BORROWER, STAFF, SYSTEM = Who.BORROWER, Who.STAFF, Who.SYSTEM
_ADVISERS: Final = (Who.LAWYER, Who.MEDIATOR, Who.NOTARY, STAFF, SYSTEM)
_BOTH: Final = (BORROWER, *_ADVISERS)

TABLE: Final = Table(
    TrackKind.CONSULTATION,
    (
        row(A.OPEN, T.PROPOSED, to=T.REQUESTED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.PROPOSE_TERMS, T.REQUESTED, to=T.TERMS_PROPOSED, who=_ADVISERS, needs=(N.REASON,), may=(N.DATE,), ahead=True),
        row(A.BOOK, T.REQUESTED, T.TERMS_PROPOSED, to=T.BOOKED, who=(BORROWER, STAFF, SYSTEM), needs=(N.DATE,), ahead=True),
        row(A.HOLD, T.BOOKED, to=T.HELD, who=_ADVISERS, needs=(N.DATE,)),
        row(A.NO_SHOW, T.BOOKED, to=T.NO_SHOW, who=_BOTH, may=(N.REASON,)),
        row(A.CANCEL, T.TERMS_PROPOSED, T.BOOKED, to=T.CANCELLED, who=_BOTH, needs=(N.REASON,)),
        row(A.ASK_AGAIN, T.NO_SHOW, T.CANCELLED, to=T.REQUESTED, who=(BORROWER, STAFF, SYSTEM)),
        row(A.SUMMARISE, T.HELD, to=T.SUMMARY_SENT, who=_ADVISERS, may=(N.REASON,)),
        row(A.FINISH, T.SUMMARY_SENT, to=T.DONE, who=(STAFF, SYSTEM)),
        row(A.GIVE_UP, T.NO_SHOW, T.CANCELLED, to=T.DONE_NO_RESULT, who=(BORROWER, STAFF, SYSTEM), may=(N.REASON,)),
        row(A.WITHDRAW, T.REQUESTED, to=T.WITHDRAWN, who=(BORROWER, STAFF, SYSTEM), needs=(N.REASON,)),
    ),
    (
        step("REQUESTED", pgettext_lazy("step", "Asked for"), T.REQUESTED),
        step("BOOKED", pgettext_lazy("step", "Time agreed"), T.TERMS_PROPOSED, T.CANCELLED),
        step("HELD", pgettext_lazy("step", "Conversation"), T.BOOKED, T.NO_SHOW),
        step("SUMMARY", pgettext_lazy("step", "Summary"), T.HELD),
        step("DONE", pgettext_lazy("step", "Finished"), T.SUMMARY_SENT, T.DONE, T.DONE_NO_RESULT),
    ),
)  # fmt: skip
