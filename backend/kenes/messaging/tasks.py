"""Timers of messaging."""

from celery import shared_task

from kenes.messaging import status_reports


@shared_task(name="messaging.poll_statuses", ignore_result=True)
def poll_statuses() -> None:
    """Every minute: ask about SMS without a report."""
    status_reports.poll_due()


@shared_task(name="messaging.erase_codes", ignore_result=True)
def erase_codes() -> None:
    """Every minute: erase one-time codes that were not sent in time."""
    status_reports.erase_codes()
