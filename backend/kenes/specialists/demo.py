"""Demonstration requests, proposals, hours and bookings."""


def load() -> None:
    """Make what is not there yet."""
