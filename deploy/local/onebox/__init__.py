"""Installs and runs Kenes Hub on one machine, for development, tests and demonstrations."""
