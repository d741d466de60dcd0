"""Working on a case together: comments, mentions, files, tags, links, merging and splitting."""
