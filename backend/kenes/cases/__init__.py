"""Borrowers' cases: debts, tracks, terms, history and who works on them."""
