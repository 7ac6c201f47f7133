"""Alembic's environment: runs the revisions on the given connection, in its open transaction."""

from alembic import context

from storage.db.migrations.upgrade import VERSION_TABLE
from storage.db.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,  # true of SQLite too, with transactions that we begin ourselves
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
