"""The views of articles and versions show imports (storage.db.views). Every upgrade recreates views: nothing to do."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    pass
