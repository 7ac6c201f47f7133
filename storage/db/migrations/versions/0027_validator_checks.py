"""Checks of the validators of each host, and whether they proved false."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "validator_checks",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("checks", sa.Integer, nullable=False),
        sa.Column("false_at", sa.DateTime(timezone=True)),
        sa.Column("url", sa.Text),
        sa.PrimaryKeyConstraint("host", name="pk_validator_checks"),
    )
