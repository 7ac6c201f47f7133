"""Pictures and style sheets of article pages, and which pages show them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "assets",
        sa.Column("url_key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.PrimaryKeyConstraint("url_key", name="pk_assets"),
    )
    op.create_index("ix_assets_site_state_found_at", "assets", ["site", "state", "found_at"])
    op.create_index("ix_assets_digest", "assets", ["digest"])
    op.create_table(
        "page_assets",
        sa.Column("page_key", sa.Text, nullable=False),
        sa.Column("asset_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("page_key", "asset_key", name="pk_page_assets"),
    )
    op.create_index("ix_page_assets_asset_key", "page_assets", ["asset_key"])
