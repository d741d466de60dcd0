"""Many documents at once: of a procedure, of a case, of many cases."""
