"""Views for people (storage.db.views): every upgrade makes them anew, so this one need do nothing."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass
