"""The versions that were imported as text, without a capture."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("articles", sa.Column("imported_from", sa.String(16)))
    op.create_table(
        "imported",
        sa.Column("version_id", ID, nullable=False, autoincrement=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer),
        sa.PrimaryKeyConstraint("version_id", name="pk_imported"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_imported_version_id_versions"),
    )
