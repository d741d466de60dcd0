"""Russian, Kazakh and English for people: names, sums, dates, lengths. The modules hold the words; this is the door."""

from kenes.foundation.language.dates import format_date, format_length
from kenes.foundation.language.money import amount_in_words, format_money
from kenes.foundation.language.names import decline, guess_gender, initials

__all__ = [
    "amount_in_words",
    "decline",
    "format_date",
    "format_length",
    "format_money",
    "guess_gender",
    "initials",
]
