"""Timers of the law."""

from celery import shared_task

from kenes.law import changes


@shared_task(name="law.switch_on_due")
def switch_on_due() -> None:
    changes.switch_on_due()
