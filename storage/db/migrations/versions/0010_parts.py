"""The further pages of articles in several pages, and the mark of articles that lack some."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "parts",
        sa.Column("version_id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("capture_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_parts"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_parts_version_id_versions"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_parts_capture_id_captures"),
    )
    op.create_index("ix_parts_capture_id", "parts", ["capture_id"])
    op.add_column("articles", sa.Column("partial", sa.Boolean, nullable=False, server_default=sa.false()))
