"""The letter that reminds a borrower of a payment. Says no sum and no creditor: those stand behind the sign-in."""

from datetime import date
from html import escape
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kenes.accounts.mail_texts import Mail
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date, format_length


def reminder(case_id: UUID, due: date, lang: str) -> Mail:
    """The letter in the active language, which is `lang`."""
    day, left = format_date(due, lang), (due - clock.today()).days
    address = f"{settings.PUBLIC_URL}/{lang}/cases/{case_id}/debts"
    when = (
        _("Today is the day of this payment.") if left == 0
        else _("Left: %(days)s.") % {"days": format_length(left, "D", lang)}
    )  # fmt: skip
    said = [
        _("The day of a payment by the agreed schedule: %(day)s") % {"day": day},
        when,
        _("How much and to whom stands in your case; mark the payment there once it is made: %(address)s")
        % {"address": address},
        _("You can switch these reminders off on the same page."),
        "Kenes Hub",
    ]
    html = "".join(f"<p>{escape(text)}</p>" for text in said)
    return Mail(_("Kenes Hub: a payment is due on %(day)s") % {"day": day}, "\n\n".join(said), html)
