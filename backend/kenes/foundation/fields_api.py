"""Serializer fields with one meaning each: text, money, days, numbers of people and firms."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.foundation import clock, values

MAX_TIYN = 10**15
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class TextField(serializers.CharField):
    """Text as a person types it: trimmed, NFC, no control or direction characters. `multiline` keeps line ends."""

    default_error_messages = {
        "control": _("The text has characters that cannot be shown. Please type it again."),
        "not_text": _("This must be text."),
    }

    def __init__(self, *, max_length: int, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(max_length=max_length, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # The blank check must see what is left after trimming.
        if isinstance(data, str):
            data = self._clean(data)
        return super().run_validation(data)

    def _clean(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if not self.multiline:
            text = re.sub(r"\s+", " ", text)
        return text.strip()

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("not_text")
        if _CONTROL.search(data) or any(unicodedata.category(char) == "Cs" for char in data):
            self.fail("control")
        return super().to_internal_value(data)


class WholeField(serializers.IntegerField):
    """A whole number given as a JSON number (also digits in a query string), not true/false and not 1.0."""

    default_error_messages = {"not_whole": _("This must be a whole number.")}

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool | float) or (
            isinstance(data, str) and not re.fullmatch(r"-?\d{1,18}", data, re.ASCII)
        ):
            self.fail("not_whole")
        return int(super().to_internal_value(data))


class TiynField(WholeField):
    """Money in tiyn (1 tenge = 100 tiyn), 0 to 10¹⁵."""

    default_error_messages = {
        "min_value": _("The sum cannot be negative."),
        "max_value": _("The sum is too large."),
        "not_whole": _("Give the sum as a number."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAX_TIYN)
        super().__init__(**kwargs)


class IsoDateField(serializers.DateField):
    """A day as YYYY-MM-DD, from 1900 on; `past=True` refuses days after today in Almaty."""

    default_error_messages = {
        "invalid": _("Give a date: day, month, year."),
        "future": _("This date has not come yet."),
        "too_old": _("The year is too far in the past."),
        "too_far": _("The year is too far in the future."),
    }

    def __init__(self, *, past: bool = False, earliest: date = date(1900, 1, 1), **kwargs: Any) -> None:
        self.past, self.earliest = past, earliest
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:
        if (
            isinstance(value, datetime)
            or not isinstance(value, str)
            or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)
        ):
            self.fail("invalid", format="YYYY-MM-DD")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="YYYY-MM-DD")
        if day < self.earliest:
            self.fail("too_old")
        if self.past and day > clock.today():
            self.fail("future")
        if day.year > clock.today().year + 60:
            self.fail("too_far")
        return day


class _NumberField(serializers.CharField):
    """A number of a person or firm: checked by its value object, given on as the normalised text."""

    value_type: ClassVar[type[values.Iin | values.Bin | values.PhoneNumber]]
    default_error_messages = {"not_text": _("This must be text.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("not_text")
        if not data.strip() and self.allow_blank:
            return ""
        try:
            return str(self.value_type.parse(data))
        except values.ValueProblem as problem:
            raise serializers.ValidationError(problem.message, code=problem.reason) from problem


class BinField(_NumberField):
    """БИН, 12 digits; error codes are the reasons of `values.Bin.parse`."""

    value_type = values.Bin


class PhoneField(_NumberField):
    """Kazakhstan phone number as people type it, given on as +7XXXXXXXXXX."""

    value_type = values.PhoneNumber
