"""Timers of accounts."""

from celery import shared_task

from kenes.accounts import services


@shared_task(name="accounts.remove_unconfirmed_accounts")
def remove_unconfirmed_accounts() -> None:
    services.remove_unconfirmed_accounts()


@shared_task(name="accounts.remove_old_sessions")
def remove_old_sessions() -> None:
    services.remove_old_sessions()
