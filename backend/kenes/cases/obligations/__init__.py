"""Debts of a case as stored rows: reading, changes, checks. The arithmetic itself is in `debts`."""
