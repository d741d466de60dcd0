"""Letters and creditors: the room, the books, structured answers and the borrower's replies."""
