"""How often in a row an endpoint named nothing new, while another of its site did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("doors", sa.Column("idle", sa.Integer, nullable=False, server_default="0"))
