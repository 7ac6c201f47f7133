"""The number of consecutive runs in which an endpoint listed nothing new, while another one of its site did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("doors", sa.Column("idle", sa.Integer, nullable=False, server_default="0"))
