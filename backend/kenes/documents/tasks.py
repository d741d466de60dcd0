"""Timers of documents."""

from celery import shared_task

from kenes.documents.editing import versions


@shared_task(name="documents.switch_on_due_templates")
def switch_on_due_templates() -> None:
    versions.switch_on_due()
