"""One history of a case, and the names of its fields in words."""
