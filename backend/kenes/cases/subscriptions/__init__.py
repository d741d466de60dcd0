"""Reactions to events and how they read in the history, by topic."""
