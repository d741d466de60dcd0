"""Arithmetic of debts: pure functions over whole tiyn, Decimal and dates. No database, no framework."""
