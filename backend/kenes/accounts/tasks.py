"""Timers of accounts."""

from celery import shared_task

from kenes.accounts import program_tokens, services, tokens


@shared_task(name="accounts.remove_unconfirmed_accounts")
def remove_unconfirmed_accounts() -> None:
    services.remove_unconfirmed_accounts()


@shared_task(name="accounts.remove_old_sessions")
def remove_old_sessions() -> None:
    services.remove_old_sessions()


@shared_task(name="accounts.remove_old_tokens")
def remove_old_tokens() -> None:
    program_tokens.remove_old()
    tokens.remove_old()
