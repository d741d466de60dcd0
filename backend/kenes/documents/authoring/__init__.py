"""How the DOCX templates of letters are made: text per language, one layout. Run `manage.py build_letter_templates`."""
