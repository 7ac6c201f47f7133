"""Captures of article pages that are still to be extracted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "unread",
        sa.Column("capture_id", ID, nullable=False, autoincrement=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("capture_id", name="pk_unread"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_unread_capture_id_captures"),
    )
    op.create_index("ix_unread_site", "unread", ["site"])
