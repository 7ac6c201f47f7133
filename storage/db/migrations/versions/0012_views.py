"""Views for people (storage.db.views). Every upgrade recreates them, so this revision does nothing."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass
