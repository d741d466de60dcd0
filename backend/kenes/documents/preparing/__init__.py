"""A document is written and its files are made."""
