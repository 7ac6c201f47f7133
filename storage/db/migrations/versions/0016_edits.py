"""Indexes of versions and events by time, for the list of the latest edits."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    edited = sa.text("number > 1")
    op.create_index("ix_versions_edited", "versions", ["seen_at", "id"], sqlite_where=edited, postgresql_where=edited)
    op.create_index("ix_events_at", "events", ["at"])
