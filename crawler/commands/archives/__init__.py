"""Commands on an archive as a whole: figures, export and import, re-extraction, removal, maintenance."""
