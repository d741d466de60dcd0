"""Timers of signing."""

from celery import shared_task
from celery.signals import beat_init

from kenes.signing.eds import lists, qr
from kenes.signing.reading import deliveries
from kenes.signing.services import powers, reminders, requests, seals


@shared_task(name="signing.expire_requests")
def expire_signature_requests() -> int:
    powers.give_back_ended()
    return requests.expire_requests()


@shared_task(name="signing.remind")
def remind_signers() -> int:
    return reminders.remind_due()


@shared_task(name="signing.try_waiting_seals")
def try_waiting_seals() -> int:
    return seals.try_waiting_seals()


@shared_task(name="signing.tend_qr")
def tend_qr() -> int:
    return qr.tend()


@shared_task(name="signing.forget_deliveries")
def forget_deliveries() -> int:
    return deliveries.remove_old()


@shared_task(name="signing.refresh_lists")
def refresh_lists() -> int:
    return lists.refresh()


@beat_init.connect
def _refresh_lists_at_start(**_: object) -> None:
    """Until the lists are there, checks of certificates of the authority itself end as «unknown»: no wait for the full hour."""
    refresh_lists.delay()
