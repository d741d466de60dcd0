"""Files about a case: what its reader may see, as one file to take along."""
