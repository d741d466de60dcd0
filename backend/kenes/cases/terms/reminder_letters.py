"""The letter that reminds a borrower of a term. Says no sum, no creditor and nothing about health or work."""

from html import escape
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kenes.accounts.mail_texts import Mail
from kenes.cases.models import CaseDeadline
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date, format_length


def reminder(case_id: UUID, row: CaseDeadline, lang: str) -> Mail:
    """The letter in the active language, which is `lang`."""
    title, day = row.rule.title(lang), format_date(row.due, lang)
    left = (row.due - clock.today()).days
    address = f"{settings.PUBLIC_URL}/{lang}/cases/{case_id}/terms"
    said = [
        _("A term in your case ends on %(day)s: «%(title)s».") % {"day": day, "title": title},
        _("Today is its last day.") if left == 0 else _("Left: %(days)s.") % {"days": format_length(left, "D", lang)},
        row.rule.consequence(lang),
        _("What to do stands in your case: %(address)s") % {"address": address},
    ]  # fmt: skip
    paragraphs = [text for text in said if text]
    html = "".join(f"<p>{escape(text)}</p>" for text in [*paragraphs, "Kenes Hub"])
    subject = _("Kenes Hub: a term ends on %(day)s") % {"day": day}
    return Mail(subject, "\n\n".join([*paragraphs, "Kenes Hub"]), html)
