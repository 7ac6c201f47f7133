"""The site profile beside its boilerplate lines: templates and the pages from which they were learned."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("learned", sa.Column("profile", JSON, nullable=False, server_default="{}"))
    op.add_column("learned", sa.Column("generation", sa.Integer, nullable=False, server_default="0"))
    op.add_column("learned", sa.Column("pages", sa.Integer, nullable=False, server_default="0"))
    op.add_column("learned", sa.Column("fingerprint", sa.String(16)))
    op.add_column("learned", sa.Column("began_at", sa.DateTime(timezone=True)))
    op.add_column("learned", sa.Column("forgotten", JSON, nullable=False, server_default="[]"))
