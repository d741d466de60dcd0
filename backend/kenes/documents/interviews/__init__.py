"""What a document asks before it is made: drafts of answers, and what the case knows already."""
