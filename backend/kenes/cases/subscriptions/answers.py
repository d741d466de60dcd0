"""How answers of creditors and replies of borrowers read in the history. People of the creditor read them too: `sent`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenes.cases.events import answers as events
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import AnswerKind, CreditorAnswer, Obligation
from kenes.event_log.events import Recorded
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.sentences import sentences

Loaded = Mapping[Any, Any]
_REPLIED: Final = {
    "accept": gettext_lazy("The borrower accepted the offer"),
    "counter": gettext_lazy("The borrower proposed other terms"),
    "decline": gettext_lazy("The borrower declined the offer"),
}
_REPLIED_YOURSELF: Final = {
    "accept": gettext_lazy("You accepted the offer"),
    "counter": gettext_lazy("You proposed other terms"),
    "decline": gettext_lazy("You declined the offer"),
}


def _answers(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.answer_id for event in recorded}
    return {row.pk: row for row in CreditorAnswer.objects.filter(pk__in=ids).select_related("creditor")}


def _debts(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.obligation_id for event in recorded}
    return {row.pk: row for row in Obligation.objects.filter(pk__in=ids).select_related("creditor")}


@timeline.renders(events.LetterRegistered, load=_debts, sent=True)
def letter_registered(event: Recorded[events.LetterRegistered], context: Context) -> Entry:
    debt = context.loaded.get(event.data.obligation_id)
    name = debt.creditor.name(context.language) if debt is not None else ""
    return Entry("track", "inbox", _("The creditor registered the letter"), name)


def _title(kind: str) -> str:
    return {
        AnswerKind.AGREE.value: _("The creditor agreed"),
        AnswerKind.OFFER.value: _("The creditor made an offer"),
        AnswerKind.PAPERS.value: _("The creditor asks for papers"),
        AnswerKind.REFUSE.value: _("The creditor refused"),
    }.get(kind, kind)


@timeline.renders(events.CreditorAnswered, load=_answers, sent=True)
def creditor_answered(event: Recorded[events.CreditorAnswered], context: Context) -> Entry:
    answer = context.loaded.get(event.data.answer_id)
    words = []
    if answer is not None:
        words.append(answer.creditor.name(context.language))
        if answer.valid_until is not None:
            day = format_date(answer.valid_until, context.language)
            words.append(_("Valid until %(day)s") % {"day": day})
        words.append(context.words(answer.words))
    return Entry("track", "reply", _title(event.data.kind), sentences(*words))


@timeline.renders(events.OfferLapsed, load=_answers, sent=True)
def offer_lapsed(event: Recorded[events.OfferLapsed], context: Context) -> Entry:
    answer = context.loaded.get(event.data.answer_id)
    name = answer.creditor.name(context.language) if answer is not None else ""
    return Entry("track", "timer-off", _("The offer is no longer valid"), name)


@timeline.renders(events.OfferReplied, load=_answers, sent=True)
def offer_replied(event: Recorded[events.OfferReplied], context: Context) -> Entry:
    titles = _REPLIED_YOURSELF if context.own else _REPLIED
    answer = context.loaded.get(event.data.answer_id)
    name = answer.creditor.name(context.language) if answer is not None else ""
    return Entry("track", "scale", str(titles.get(event.data.kind, event.data.kind)), name)


@timeline.renders(events.PapersGiven, load=_answers, sent=True)
def papers_given(event: Recorded[events.PapersGiven], context: Context) -> Entry:
    answer = context.loaded.get(event.data.answer_id)
    name = answer.creditor.name(context.language) if answer is not None else ""
    return Entry("track", "files", _("The papers were handed to the creditor"), name)
