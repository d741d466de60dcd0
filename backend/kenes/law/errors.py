"""Failures of the law app that a caller can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import KenesError, NotFound, Unavailable


class DateOutsideCalendar(KenesError):
    """The calendar of days off has no data for the years this term needs."""

    code = "law.date_outside_calendar"
    status = 400
    title = _("This date is too far away")
    detail = _("Terms can be counted from 2000 to 2047.")


class RuleNotFound(NotFound):
    """No edition of the rule is in force on that day."""

    code = "law.rule_not_found"
    detail = _("No rule with this name is in force on that day.")


class ReferenceDataMissing(Unavailable):
    """Rules or calendar are not loaded: counting without them would give wrong dates."""

    code = "law.reference_data_missing"
    detail = _("The calendar of working days is not loaded yet. Please try again later.")


class RateNotFound(NotFound):
    """No edition of the cap or share is in force on that day."""

    code = "law.rate_not_found"
    detail = _("No figure with this name is in force on that day.")
