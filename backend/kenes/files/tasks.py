"""Timers of stored files."""

from celery import shared_task

from kenes.files import keeping, receiving


@shared_task(name="files.clean_up", ignore_result=True)
def clean_up() -> None:
    """Sweep orphans, once a day."""
    keeping.sweep_orphans()


@shared_task(name="files.expire_uploads", ignore_result=True)
def expire_uploads() -> None:
    """Remove uploads that were not attached in time, every hour."""
    receiving.remove_expired()


@shared_task(name="files.verify", ignore_result=True)
def verify() -> None:
    """Compare a slice of the files with their sums, each night."""
    keeping.verify_slice()
