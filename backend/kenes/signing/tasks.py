"""Timers of signing."""

from celery import shared_task

from kenes.signing.services import reminders, requests


@shared_task(name="signing.expire_requests")
def expire_signature_requests() -> int:
    return requests.expire_requests()


@shared_task(name="signing.remind")
def remind_signers() -> int:
    return reminders.remind_due()
