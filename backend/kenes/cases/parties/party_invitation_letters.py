"""How an invitation into a case is sent: a link, and not one word about whose case it is or what it is about."""

from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.cases.models import PartyInvitation
from kenes.foundation.identifiers import new_id
from kenes.foundation.language.dates import format_date
from kenes.messaging import services as messaging


def send(invitation: PartyInvitation, *, token: str) -> None:
    """Queue the letter or the SMS. The token stands after «#», so it never reaches a server log."""
    link = f"{settings.PUBLIC_URL}/join#{token}"
    key = f"party-invitation:{invitation.pk}:{new_id()}"
    with translation.override(invitation.language):
        if invitation.phone:
            text = _("Kenes Hub: you are invited to take part in a case: %(link)s") % {"link": link}
            messaging.send_sms(
                key=key, phone=invitation.phone, text=text, kind="party_invitation", sensitive=True
            )
            return
        day = format_date(invitation.expires_at.date(), invitation.language)
        subject = _("Kenes Hub: invitation to take part in a case")
        lines = [
            _("You are invited to take part in a case in Kenes Hub."),
            _("Open the link and sign in: you will see what it is about and can accept or decline."),
            link,
            _("The link works until %(day)s. If you did not expect this letter, do nothing.") % {"day": day},
        ]
    shown = [
        f'<p><a href="{escape(line)}">{escape(line)}</a></p>' if line == link else f"<p>{escape(line)}</p>"
        for line in lines
    ]
    messaging.send_email(
        key=key, to=invitation.email, subject=subject, text="\n\n".join(lines) + "\n",
        html=f'<html lang="{invitation.language}"><body>{"".join(shown)}</body></html>',
        kind="party_invitation", sensitive=True,
    )  # fmt: skip
