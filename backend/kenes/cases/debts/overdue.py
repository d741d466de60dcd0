"""Length of a delay.

Actual calendar days, from the day after the missed payment to the day asked about: a penalty is set «for each day of delay»,
and a term runs from the next day (Civil Code, general rules on terms). Interest of a schedule is counted otherwise, by months
of 30 and years of 360 days, see `schedules`.
"""

from datetime import date

from kenes.cases.debts import trace
from kenes.cases.debts.trace import Trace


def days_between(since: date, as_of: date) -> int:
    """Days of delay on `as_of` for a payment missed on `since`; 0 when that day has not passed."""
    return max(0, (as_of - since).days)


def count(since: date, as_of: date, steps: Trace) -> int:
    """The same, written down."""
    found = days_between(since, as_of)
    steps.add(
        "overdue_days", "{as_of} − {since}", trace.days(found), as_of=trace.on(as_of), since=trace.on(since)
    )
    return found
