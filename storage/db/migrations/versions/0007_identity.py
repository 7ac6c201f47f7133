"""Canonical URLs that are not believed, and the parting of the articles that they had merged."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("page_key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("url_key", "page_key", name="pk_claims"),
    )
    op.create_index("ix_claims_page_key", "claims", ["page_key"])
    kind = "integer" if op.get_bind().dialect.name == "sqlite" else "bigint"  # as in 0002
    op.execute(
        f"alter table events add column other_id {kind} constraint fk_events_other_id_articles references articles (id)"
    )
