"""What a text says about a debt: kind of paper, numbers, dates, sums. Pure: no database, no settings, no files."""
