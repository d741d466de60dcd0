"""What becomes of a document after it is made: newer versions, taking back, comparing, keeping for long."""
