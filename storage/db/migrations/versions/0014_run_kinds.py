"""The kind of a run: a crawl, an import, or a rebuild of the tables from the WARC files."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("runs", sa.Column("kind", sa.String(8), nullable=False, server_default="crawl"))
    runs = sa.table("runs", sa.column("kind"), sa.column("requests"), sa.column("message"))
    imported = (runs.c.requests == 0) & runs.c.message.like("imported from %")
    op.execute(sa.update(runs).where(imported).values(kind="import"))
    op.execute(sa.update(runs).where(runs.c.message == "rebuilt from its WARC file").values(kind="rebuild"))
