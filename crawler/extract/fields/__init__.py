"""The fields of an article other than its text: headline, date, authors, agency, section, tags, picture."""
