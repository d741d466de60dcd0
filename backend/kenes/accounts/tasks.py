"""Timers of accounts."""

from celery import shared_task

from kenes.accounts import powers, program_tokens, retention, specialists, tokens


@shared_task(name="accounts.run_retention", ignore_result=True)
def run_retention() -> None:
    """Delete or make anonymous whatever has been kept as long as its rule says, once a night."""
    retention.run_all()


@shared_task(name="accounts.remove_old_tokens")
def remove_old_tokens() -> None:
    program_tokens.remove_old()
    tokens.remove_old()


@shared_task(name="accounts.end_lapsed_rights")
def end_lapsed_rights() -> None:
    """Take the roles of specialists and representatives whose last day has passed; they have not counted since then."""
    specialists.end_expired()
    powers.end_expired()
