"""The target of a revisit, events of articles that were gone and returned, and each site's revisit profile."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Plain SQL, which both databases accept: Alembic would recreate the table for the constraint, which SQLite refuses
    # while versions refer to its rows.
    kind = "integer" if op.get_bind().dialect.name == "sqlite" else "bigint"
    op.execute(
        f"alter table captures add column refers_to {kind} "
        "constraint fk_captures_refers_to_captures references captures (id)"
    )
    op.add_column("pages", sa.Column("missing_since", INSTANT))
    op.add_column("sites", sa.Column("revisits", sa.String(8), nullable=False, server_default="normal"))
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("since", INSTANT),
        sa.Column("reason", sa.String(16)),
        sa.Column("capture_id", ID),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_events_article_id_articles"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_events_capture_id_captures"),
    )
    op.create_index("ix_events_article_id_at", "events", ["article_id", "at"])
    op.create_index("ix_events_capture_id", "events", ["capture_id"])
