"""The letter of an invitation, in the language of whoever is invited."""

from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import Invitation
from kenes.accounts.people_search import organisation_name
from kenes.foundation.identifiers import new_id
from kenes.foundation.language.dates import format_date
from kenes.messaging import services as messaging


def send(invitation: Invitation, *, token: str) -> None:
    """Queue the letter with the link. The token stands after «#», so it never reaches a server log."""
    with translation.override(invitation.language):
        subject, paragraphs = _text(invitation)
    link = f"{settings.PUBLIC_URL}/invite#{token}"
    lines = [*paragraphs[:-1], link, paragraphs[-1]]
    shown = [
        f'<p><a href="{escape(line)}">{escape(line)}</a></p>' if line == link else f"<p>{escape(line)}</p>"
        for line in lines
    ]
    messaging.send_email(
        key=f"invitation:{invitation.pk}:{new_id()}",
        to=invitation.email,
        subject=subject,
        text="\n\n".join(lines) + "\n",
        html=f'<html lang="{invitation.language}"><body>{"".join(shown)}</body></html>',
        kind="invitation",
        sensitive=True,
    )


def _text(invitation: Invitation) -> tuple[str, list[str]]:
    if invitation.organisation is not None:
        name = organisation_name(invitation.organisation)
        subject = _("Kenes Hub: invitation of %(organisation)s") % {"organisation": name}
        who = _("%(organisation)s invites you to work in Kenes Hub.") % {"organisation": name}
    else:
        subject, who = _("Invitation to Kenes Hub"), _("You are invited to Kenes Hub.")
    hello = _("Hello, %(name)s!") % {"name": invitation.full_name} if invitation.full_name else _("Hello!")
    day = format_date(invitation.expires_at.date(), invitation.language)
    until = _("The link works once, until %(day)s. If you did not expect this letter, do nothing.")
    return subject, [hello, who, _("To accept, open this link:"), until % {"day": day}]
