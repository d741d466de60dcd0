"""What is wrong with an answer, in words, by the codes of `letters.answers.PROBLEMS`."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Text

DIFFERS: Final = _("The rows sum to %(rows)s, but the total says %(total)s.")
PROBLEMS: Final[dict[str, Text]] = {
    "required": _("The document cannot do without this answer."),
    "not_a_text": _("Write the answer in words."),
    "too_long": _("The answer is too long. Keep what matters."),
    "not_a_date": _("This is not a date. Choose a day in the calendar."),
    "not_a_sum": _("This is not a sum of money."),
    "not_a_number": _("This is not a whole number."),
    "not_a_percent": _("This is not a share in percent."),
    "not_a_choice": _("Choose one of the answers."),
    "not_yes_or_no": _("Answer yes or no."),
    "not_a_phone": _("This is not a telephone number of Kazakhstan."),
    "not_an_iin": _("This is not an ИИН: it has 12 digits, and the last one checks the others."),
    "not_a_bin": _("This is not a БИН: it has 12 digits, and the last one checks the others."),
    "not_rows": _("Fill in the table row by row."),
    "too_many_rows": _("The table is too long: sixty rows at most."),
    "sum_differs": _("The parts of this row do not give its total. Look at the sums."),
}
