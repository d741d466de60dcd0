"""The short letter to a member of staff when a term comes near: number, term and day, nothing about people or sums."""

from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import User
from kenes.cases.models import Case, CaseDeadline, EscalationAct
from kenes.foundation.language.dates import format_date
from kenes.messaging import services as messaging


def tell(person: User, case: Case, term: CaseDeadline, row: EscalationAct) -> None:
    """Queue the letter; the same rule and term never write twice to one person. Somebody without e-mail gets none."""
    if not person.email:
        return
    with translation.override(person.language):
        day = format_date(term.due, person.language)
        values = {"number": case.number or "", "term": term.rule.title(person.language), "day": day}
        subject = _("%(number)s: a term is near") % values
        text = _("Case %(number)s. %(term)s: %(day)s.") % values
        open_it = _("Open the case:")
    link = f"{settings.PUBLIC_URL}/staff/cases/{case.pk}"
    messaging.send_email(
        key=f"escalation:{row.pk}:{person.pk}",
        to=person.email,
        subject=subject,
        text=f"{text}\n\n{open_it} {link}\n",
        html=f'<html lang="{person.language}"><body><p>{escape(text)}</p>'
        f'<p>{escape(open_it)} <a href="{escape(link)}">{escape(link)}</a></p></body></html>',
        kind="escalation",
    )
