"""Accounts react to nothing below them; importing the events makes their types known to the log."""

from kenes.accounts import events  # noqa: F401
