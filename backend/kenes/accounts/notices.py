"""Letters that tell a person about a change of the ways to sign in, so that a stranger's change is noticed."""

from enum import Enum

from django.utils import translation

from kenes.accounts import mail_texts
from kenes.accounts.models import User
from kenes.foundation.identifiers import new_id
from kenes.messaging import services as messaging


class Notice(Enum):
    PASSWORD = "password"  # noqa: S105  (the name of a notice)
    PHONE = "phone"
    EMAIL = "email"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES = "recovery_codes"
    KEY_CONNECTED = "key_connected"


def tell(user: User, notice: Notice, *, to: str | None = None) -> None:
    """Queue the letter to the confirmed e-mail of the person, or to `to` (the address before a change).

    People without a confirmed address get none: a paid SMS for every change would be a way to make us pay.
    """
    address = to or (user.email if user.email_verified_at else None)
    if not address:
        return
    with translation.override(user.language):
        mail = mail_texts.notice(notice.value)
    messaging.send_email(
        key=f"account-notice:{new_id()}", to=address, subject=mail.subject, text=mail.text, html=mail.html,
        kind="account_notice", person_id=user.pk,
    )  # fmt: skip
