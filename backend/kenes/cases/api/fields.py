"""Fields that only cases need."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.foundation.values import Bin, Iin, ValueProblem


class NumberField(serializers.DecimalField):
    """A number of percent as a JSON number or plain ASCII digits; true/false and other digits are refused."""

    default_error_messages = {"not_number": _("This must be a number.")}

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            self.fail("not_number")
        if isinstance(data, str) and not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", data, re.ASCII):
            self.fail("not_number")
        if isinstance(data, float):
            data = format(data, ".10f").rstrip("0").rstrip(".")
        return super().to_internal_value(data)


class StrictBooleanField(serializers.BooleanField):
    """true or false, not "yes" and not 1."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:40])
        return data


class _NumberOfOwnerField(serializers.CharField):
    """A twelve-digit number of a person or firm; the reason of a refusal becomes the code."""

    parser: Any = None

    default_error_messages = {"not_text": _("This must be text.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("not_text")
        try:
            return str(self.parser.parse(super().to_internal_value(data)))
        except ValueProblem as problem:
            raise serializers.ValidationError(problem.message, code=problem.reason) from problem


class IinNumberField(_NumberOfOwnerField):
    """ИИН; gives twelve digits."""

    parser = Iin


class BinNumberField(_NumberOfOwnerField):
    """БИН; gives twelve digits."""

    parser = Bin
