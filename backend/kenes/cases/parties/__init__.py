"""People who take part in a case beside the borrower: specialists, invitations, conflicts of interest."""
