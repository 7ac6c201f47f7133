"""Commands about a whole archive: figures, export and import, reextraction, removal, maintenance."""
