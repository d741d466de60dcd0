"""Procedures of a case: which are open, who may make which step, what follows by itself, what it means for the borrower."""
