"""Which state may follow which, one module per machine."""
