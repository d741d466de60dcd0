"""Failures that people meet, by topic."""
