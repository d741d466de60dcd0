"""Timers of cases."""

from celery import shared_task

from kenes.cases import exports, offer_replies, passing_days


@shared_task(name="cases.pass_day")
def pass_day() -> None:
    passing_days.pass_day()
    exports.remove_old()


@shared_task(name="cases.lapse_offers")
def lapse_offers() -> None:
    offer_replies.lapse_offers()
