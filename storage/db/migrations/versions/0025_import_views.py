"""The views of articles and versions say what was imported (storage.db.views): every upgrade makes them anew."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    pass
