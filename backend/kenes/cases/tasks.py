"""Timers of cases."""

from celery import shared_task

from kenes.cases.answers import offer_replies
from kenes.cases.collaboration import comment_files
from kenes.cases.lists import exports, imports
from kenes.cases.obligations import debt_payments, payment_reminders
from kenes.cases.search import upkeep
from kenes.cases.terms import near_terms, passing_days, urgency_release


@shared_task(name="cases.pass_day")
def pass_day() -> None:
    passing_days.pass_day()
    comment_files.forget_old()
    debt_payments.note_missed()
    payment_reminders.remind_due()
    exports.remove_old()
    imports.remove_old()


@shared_task(name="cases.lapse_offers")
def lapse_offers() -> None:
    offer_replies.lapse_offers()


@shared_task(name="cases.escalate")
def escalate() -> None:
    near_terms.run()
    urgency_release.let_down()


@shared_task(name="cases.tend_search")
def tend_search() -> None:
    upkeep.tend()
