"""How Alembic runs our revisions: on the connection it is handed, in the transaction that is open there."""

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
