"""Timers of specialists."""

from celery import shared_task

from kenes.specialists import consultations, marketplace


@shared_task(name="specialists.expire")
def expire() -> None:
    marketplace.expire()


@shared_task(name="specialists.remind")
def remind() -> None:
    consultations.remind()
