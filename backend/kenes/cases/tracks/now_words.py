"""What each state of a procedure means for the borrower: title, what follows, and the kind of thing to do (`now.ACTIONS`)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from kenes.cases.states.track import TrackKind, TrackState

T, K = TrackState, TrackKind
Words = tuple[Promise, Promise, str]
L = gettext_lazy


def _words(title: Promise, text: Promise, action: str = "wait") -> Words:
    return title, text, action


_CHOOSE: Final = _words(
    L("The next step is being chosen"),
    L("A refusal or silence is no end: a complaint or mediation may follow."),
    "decide",
)
# What a state means for the borrower, where one wording fits every procedure.
BY_STATE: Final[dict[TrackState, Words]] = {
    T.PREPARING: _words(
        L("The letter is being prepared"), L("You will see it here and read it before anything is sent.")
    ),
    T.SIGNED: _words(
        L("The letter is signed"), L("It leaves as soon as the creditor's address is confirmed.")
    ),
    T.SEND_FAILED: _words(
        L("The letter did not leave"), L("The manager sees this and will send it another way.")
    ),
    T.MORE_INFO: _words(
        L("The creditor asks for more papers"),
        L("See what is missing and hand it in here."),
        "hand_in_papers",
    ),
    T.OFFER: _words(
        L("There is an offer"), L("Compare it with what you asked for before you agree."), "answer_offer"
    ),
    T.COUNTER_OFFER: _words(
        L("Your counter-offer is with the creditor"), L("The answer will appear here; we watch the term.")
    ),
    T.REFUSED: _CHOOSE,
    T.NO_REPLY: _CHOOSE,
    T.REFUSED_BY_BORROWER: _CHOOSE,
    T.BREACHED: _words(
        L("What was agreed is not kept"), L("Choose what to do next; the ways are free."), "decide"
    ),
    T.AGREED: _words(
        L("Agreed with the creditor"), L("Sign the additional agreement with the creditor."), "decide"
    ),
    T.AGREEMENT_SIGNED: _words(
        pgettext_lazy("now", "The agreement is signed"), L("The new schedule is being written down; then you pay by it.")
    ),
    T.PERFORMING: _words(
        L("Pay by the new schedule"), L("Tell us if a payment becomes impossible."), "pay"
    ),
    T.CHECK_PRECONDITIONS: _words(
        L("We check whether the ombudsman will take the appeal"),
        L("He needs written proof that you asked the creditor first; we have it with the sent letter."),
    ),
    T.EVIDENCE: _words(
        pgettext_lazy("now", "Evidence is being collected"),
        L("Write down every call and letter with its date: this is what the complaint stands on."),
        "add_facts",
    ),
    T.ACCEPTED: _words(
        L("The ombudsman considers the appeal"), L("The decision will appear here; we watch the term.")
    ),
    T.RETURNED: _words(
        L("The papers came back"), L("The manager mends what is missing and they go out again.")
    ),
    T.DECISION_FOR: _words(
        L("It was decided for you"),
        L("Read the decision and say whether you accept it: then it binds the creditor."),
        "decide",
    ),
    T.DECISION_PARTIAL: _words(
        L("It was decided partly for you"),
        L("Read the decision and say whether you accept it."),
        "decide",
    ),
    T.DECISION_AGAINST: _words(
        L("It was decided against you"), L("Other ways remain open. Choose the next step."), "decide"
    ),
    T.BORROWER_ACCEPTS: _words(
        L("You accepted the decision"), L("Now the creditor must carry it out; we watch that.")
    ),
    T.BORROWER_DECLINES: _words(
        L("You declined the decision"), L("Other ways remain open. Choose the next step."), "decide"
    ),
    T.LENDER_PERFORMS: _words(
        pgettext_lazy("now", "The creditor carries out the decision"),
        L("Tell us when it is done, or that it is not."),
        "decide",
    ),
    T.REGISTERED: _words(
        pgettext_lazy("now", "The complaint is registered"), L("The answer will appear here; we watch the term.")
    ),
    T.REPLIED: _words(
        L("The complaint is answered"), L("Read the answer and choose what to do next."), "decide"
    ),
    T.APPEALED: _words(pgettext_lazy("now", "The decision is appealed"), L("The answer will appear here.")),
    T.RECEIVED_COPY: _words(
        L("When did you receive the copy of the inscription?"),
        L("Ten working days run from that day. Say it at once, even if you are not sure."),
        "decide",
    ),
    T.CANCELLED_BY_NOTARY: _words(
        pgettext_lazy("now", "The notary cancelled the inscription"), L("The creditor may go to court; if a paper comes, tell us."),
        "add_facts",
    ),
    T.REJECTED: _words(
        L("The notary rejected the objection"), L("It can be challenged in court. Choose the next step."), "decide"
    ),
    T.TERM_MISSED: _words(
        pgettext_lazy("now", "The term to object is missed"),
        L("With a good reason it can be restored, or the court can be asked. Choose the next step."),
        "decide",
    ),
    T.TERM_RESTORE: _words(L("The missed term is being restored"), L("The manager prepares the papers.")),
    T.INVITED: _words(
        L("Mediation is proposed"), L("It is voluntary and confidential. Agree or decline."), "decide"
    ),
    T.ACCEPTED_BY_BORROWER: _words(
        L("You agreed to mediation"), L("Now the creditor decides; the answer will appear here.")
    ),
    T.ACCEPTED_BY_CREDITOR: _words(
        pgettext_lazy("now", "The creditor agrees to mediation"), L("Say whether you agree too."), "decide"
    ),
    T.ACCEPTED_BY_ALL: _words(
        L("Everybody agreed to mediation"), L("Choose a mediator: both sides must accept the same one."), "find_help"
    ),
    T.MEDIATOR_CHOSEN: _words(
        pgettext_lazy("now", "The mediator is chosen"), L("The mediator will prepare an agreement to mediate for both sides.")
    ),
    T.CONTRACT_SIGNED: _words(
        pgettext_lazy("now", "The agreement to mediate is signed"), L("The mediator will name the day of the first session.")
    ),
    T.SESSIONS: _words(
        L("Sessions with the mediator are under way"), L("What is said there stays there.")
    ),
    T.NO_AGREEMENT: _CHOOSE,
    T.TERM_EXPIRED: _CHOOSE,
    T.DECLINED: _CHOOSE,
    T.ELIGIBILITY: _words(
        L("We check whether the law allows this procedure"), L("The result with its reasons will appear here.")
    ),
    T.NOT_ELIGIBLE: _words(
        L("The conditions of the law are not met"), L("Other ways remain open. Choose the next step."), "decide"
    ),
    T.COLLECTING: _words(
        L("Collect the papers and file the application"),
        L("Only you can file it: we prepare the data, you send them. Then tell us the day and the number."),
        "file",
    ),
    T.FILED_BY_BORROWER: _words(
        L("You have filed the application"), L("It is being looked at; tell us when an answer comes."), "add_facts"
    ),
    T.STARTED: _words(pgettext_lazy("now", "The procedure has started"), L("We watch its terms and say what comes next.")),
    T.PUBLISHED: _words(L("The procedure is announced"), L("Creditors may speak up; we watch the terms.")),
    T.ASSETS_SALE: _words(
        pgettext_lazy("now", "Property is being sold"), L("The financial manager leads it; ask the lawyer when in doubt.")
    ),
    T.PLAN_APPROVED: _words(L("The court approved the plan"), L("Payments by the plan begin soon.")),
    T.COMPLETED: _words(
        pgettext_lazy("now", "The procedure is completed"), L("For some years limits apply; they are listed with the terms."), "none"
    ),
    T.AFTERCARE: _words(
        L("The years after the procedure"), L("Limits that still apply are listed with the terms."), "none"
    ),
    T.FILED: _words(L("The papers are with the court"), L("The day of the hearing will appear here.")),
    T.IN_COURT: _words(
        L("The court considers the case"), L("Come to the hearing, or agree with the lawyer who comes for you.")
    ),
    T.ENFORCEMENT: _words(
        L("A bailiff has begun to collect"),
        L("Send us every paper of the bailiff at once: terms to act are short."),
        "add_facts",
    ),
    T.REQUESTED: _words(
        L("We look for a specialist for you"), L("Proposals with fee and time will appear here."), "find_help"
    ),
    T.TERMS_PROPOSED: _words(
        L("A time is proposed to you"), L("Compare fee and time, and book what suits you."), "find_help"
    ),
    T.BOOKED: _words(
        L("A consultation is booked"), L("The time stands on the page of help; we remind you."), "find_help"
    ),
    T.HELD: _words(pgettext_lazy("now", "The consultation was held"), L("Its summary will appear here.")),
    T.NO_SHOW: _words(
        L("The consultation did not take place"), L("Ask for another time."), "find_help"
    ),
    T.CANCELLED: _words(L("The consultation was cancelled"), L("Ask for another time."), "find_help"),
    T.SUMMARY_SENT: _words(
        L("The summary of the consultation is here"), L("Read it on the page of help."), "find_help"
    ),
    T.ESCALATED: _words(L("It was taken further"), L("See the procedure that goes on."), "none"),
    T.DONE: _words(L("The procedure is finished"), L("Papers and history stay here."), "none"),
    T.DONE_NO_RESULT: _words(
        L("The procedure ended without a result"), L("Papers and history stay here."), "none"
    ),
    T.WITHDRAWN: _words(L("The procedure was stopped"), L("Papers and history stay here."), "none"),
}  # fmt: skip
SENT_TO: Final[dict[TrackKind, Promise]] = {
    K.OMBUDSMAN: L("The appeal is with the ombudsman"),
    K.REGULATOR: L("The complaint is with the regulator"),
    K.COLLECTOR_COMPLAINT: L("The complaint is on its way"),
    K.NOTARY_OBJECTION: L("The objection is with the notary"),
}
SENT_ELSEWHERE: Final = L("The application is being considered")
