"""A signed letter goes to the creditor, and what comes of it."""
