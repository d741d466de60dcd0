"""Wires everything; nothing imports it but the processes. Celery must be known before tasks are declared."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
