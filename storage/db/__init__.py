"""The database behind an archive: tables, connections, migrations, error messages."""
