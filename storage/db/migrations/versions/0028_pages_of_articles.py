"""An index for finding the pages of an article."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_index("ix_pages_article_id", "pages", ["article_id"])
