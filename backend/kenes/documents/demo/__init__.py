"""Demonstration data, by topic."""
