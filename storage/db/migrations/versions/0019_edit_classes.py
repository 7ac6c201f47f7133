"""Classes of edits, stored with each version: the classes, their algorithm, and the version compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("versions", sa.Column("edit_classes", sa.Text))
    op.add_column("versions", sa.Column("edit_algorithm", sa.Integer))
    op.add_column("versions", sa.Column("edited_from", sa.String(64)))
    edited = sa.text("number > 1")
    name = "ix_versions_edit_algorithm"
    op.create_index(name, "versions", ["edit_algorithm"], sqlite_where=edited, postgresql_where=edited)
