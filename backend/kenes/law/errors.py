"""Failures of the law app that a caller can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, Unavailable


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


class LawChangeNotFound(NotFound):
    code = "law.change_not_found"
    title = _("Proposal not found")
    detail = _("There is no such proposal.")


class LawChangeState(Conflict):
    """`current_status` says where the proposal stands."""

    code = "law.change_state"
    detail = _("This is not possible in the present state of the proposal.")


class LawChangeChanged(Conflict):
    """`version` is the present one: reload, look, try again."""

    code = "law.change_changed_meanwhile"
    title = _("The proposal has changed")
    detail = _("Somebody has changed this proposal meanwhile. Look at it again.")


class SecondPersonNeeded(Conflict):
    code = "law.second_person_needed"
    title = _("A second person is needed")
    detail = _("Who wrote a proposal cannot approve it. Ask another person.")


class LawMovedOn(Conflict):
    """The law itself was changed after the proposal was written."""

    code = "law.moved_on"
    title = _("The law has moved on")
    detail = _("The rule or the calendar was changed after this proposal was written. Write it anew.")
