"""What the borrower tells: the story, its submission, corrections and questionnaires."""
