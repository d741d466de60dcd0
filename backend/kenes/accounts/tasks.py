"""Timers of accounts."""

from celery import shared_task

from kenes.accounts import powers, program_tokens, services, specialists, tokens


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


@shared_task(name="accounts.end_lapsed_rights")
def end_lapsed_rights() -> None:
    """Take the roles of specialists and representatives whose last day has passed; they have not counted since then."""
    specialists.end_expired()
    powers.end_expired()
