"""Timers of cases."""

from celery import shared_task

from kenes.cases import (
    comment_files,
    debt_payments,
    exports,
    imports,
    near_terms,
    offer_replies,
    passing_days,
)
from kenes.cases.search import upkeep


@shared_task(name="cases.pass_day")
def pass_day() -> None:
    passing_days.pass_day()
    comment_files.forget_old()
    debt_payments.note_missed()
    exports.remove_old()
    imports.remove_old()


@shared_task(name="cases.lapse_offers")
def lapse_offers() -> None:
    offer_replies.lapse_offers()


@shared_task(name="cases.escalate")
def escalate() -> None:
    near_terms.run()


@shared_task(name="cases.tend_search")
def tend_search() -> None:
    upkeep.tend()
