"""Timers of stored files."""

from celery import shared_task

from kenes.files import services


@shared_task(name="files.clean_up", ignore_result=True)
def clean_up() -> None:
    """Sweep orphans, once a day."""
    services.sweep_orphans()
