"""The database of an archive: tables, connections, migrations, error messages."""
