"""Tracked requests of people about their data: a copy of everything, or erasure.

What there is and what becomes of it, every app registers itself (`foundation.personal_data`).
"""
