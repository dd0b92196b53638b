"""Empty drafts of a report: the text from a form, the standard tables from the norm."""
