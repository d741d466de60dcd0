"""Timers of signing."""

from celery import shared_task

from kenes.signing.services import requests


@shared_task(name="signing.expire_requests")
def expire_signature_requests() -> int:
    return requests.expire_requests()
