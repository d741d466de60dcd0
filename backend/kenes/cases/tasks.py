"""Timers of cases."""

from celery import shared_task

from kenes.cases import exports, passing_days


@shared_task(name="cases.pass_day")
def pass_day() -> None:
    passing_days.pass_day()
    exports.remove_old()
