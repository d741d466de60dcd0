"""A DOCX template is judged and filled with plain values, whoever wrote it."""
