"""Databases of earlier releases, migrated up to a revision and filled by SQL."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.db import views
from storage.db.database import connect, upgrade
from storage.db.migrations import upgrade as revisions

NEWEST = revisions.REVISIONS[-1]
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("sites") as batch:
        batch.add_column(sa.Column("motto", sa.Text))
    op.execute("update sites set motto = 'x'")
    {more}
"""


def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Make this program a later version, which knows one more revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    (folder / "versions" / "9000_later.py").write_text(LATER.format(newest=NEWEST, more=more))
    monkeypatch.setattr(revisions, "FOLDER", folder)
    monkeypatch.setattr(revisions, "REVISIONS", (*revisions.REVISIONS, "9000"))


def at_revision(url: str, revision: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database as the release with that revision left it."""
    engine = connect(url)
    with monkeypatch.context() as earlier:
        earlier.setattr(revisions, "REVISIONS", revisions.REVISIONS[: revisions.REVISIONS.index(revision) + 1])
        earlier.setattr(views, "create", lambda connection: None)  # today's columns are not there yet
        upgrade(engine)
    return engine


FILLED = (
    "insert into sites (name, home, timezone) values ('example', 'https://example.com', 'UTC')",
    "insert into runs (id, site, started_at, status, requests, pages, new, changed, same, gone, reasons, warraq) "
    "values (7, 'example', '2026-05-07 08:00:00', 'done', 3, 2, 1, 1, 0, 0, '{}', '0.1')",
    "insert into captures (id, url, url_key, site, run_id, fetched_at, status, size, digest, warc_file, warc_offset, "
    "warc_length) values (3, 'https://example.com/1', 'example.com/1', 'example', 7, '2026-05-07 08:00:01', 200, 9, "
    "'sha1:x', 'warc/a.warc.gz', 0, 10)",
    "insert into articles (id, url, url_key, site, title, authors, categories, tags, text, word_count, content_sha256, "
    "extractor, version, status, first_seen_at, last_seen_at) values (5, 'https://example.com/1', 'example.com/1', "
    "'example', 'عنوان', '[]', '[]', '[]', 'نص', 1, 'x', 'warraq 1', 1, 'live', '2026-05-07 08:00:01', "
    "'2026-05-07 08:00:01')",
    "insert into versions (id, article_id, number, capture_id, seen_at, title, text, content_sha256, extractor, details) "
    "values (1, 5, 1, 3, '2026-05-07 08:00:01', 'عنوان', 'نص', 'x', 'warraq 1', '{}')",
    "insert into pages (url_key, url, site, kind, state, article_id, found_at, failures, next_visit_at) values "
    "('example.com/1', 'https://example.com/1', 'example', 'article', 'done', 5, '2026-05-07 08:00:00', 0, "
    "'2026-05-07 09:00:00')",
    "insert into labels (article_id, kind, folded) values (5, 'tag', 'وسم')",
)


# What only later revisions have room for, by the first that has it.
GAINED = {
    "0002": (
        "update sites set revisits = 'track'",
        "update pages set missing_since = '2026-05-07 08:30:00'",
        "insert into events (id, article_id, kind, at, since, reason, capture_id) values (2, 5, 'gone', "
        "'2026-05-08 08:00:00', '2026-05-07 08:30:00', 'not-found', 3)",
    ),
    "0003": (
        "insert into sightings (url_key, channel, site, seen_at) values ('example.com/1', 'feed', 'example', "
        "'2026-05-07 08:00:00')",
        "insert into doors (site, channel, url, asked_at, failures) values ('example', 'feed', "
        "'https://example.com/feed', '2026-05-07 08:00:00', 2)",
    ),
    "0004": (
        "insert into amendments (id, article_id, version_id, kind, at, capture_id, before) values (4, 5, 1, 'reading', "
        """'2026-05-09 08:00:00', 3, '{"title": "عنوان قديم"}')""",
        "insert into removals (url_key, url, removed_at, removed_by, reason) values ('example.com/9', "
        "'https://example.com/9', '2026-05-09 08:00:00', 'أمين', 'حكم')",
        "insert into erasures (warc_file, warc_offset, warc_length, site, asked_at) values ('warc/b.warc.gz', 0, 9, "
        "'example', '2026-05-09 08:00:00')",
    ),
    "0005": ("""update articles set reservations = '["noarchive"]'""",),
    "0006": ("""insert into learned (site, lines, learned_at) values ('example', '["سطر"]', '2026-05-09 08:00:00')""",),
    "0007": (
        "insert into claims (url_key, page_key, url, site, verdict, found_at) values ('example.com/c', 'example.com/1', "
        "'https://example.com/c', 'example', 'false', '2026-05-09 08:00:00')",
    ),
    "0013": ("update doors set idle = 30",),
    "0010": ("insert into parts (version_id, number, capture_id) values (1, 2, 3)",),
    "0011": (
        "insert into schedules (site, interval_s, crawled_at, next_at, failures, hours, paused_at) values ('example', "
        "2412, '2026-05-07 08:00:00', '2026-05-07 08:40:12', 1, '[]', '2026-05-09 08:00:00')",
    ),
    "0015": ("insert into unread (capture_id, site, tries, parts) values (3, 'example', 1, '[3]')",),
    "0017": ("insert into changes (article_id, kind) values (5, 'written')",),
    "0018": (
        "insert into watches (name, query, exact, timezone, added_at, deliveries) values ('وزير', 'الوزير', false, "
        "'UTC', '2026-05-09 08:00:00', 1)",
        "insert into watch_articles (watch, article_id, version, status) values ('وزير', 5, 1, 'live')",
        "insert into watch_news (watch, delivery, article_id, kind, version, matches, noted_at) values ('وزير', 1, 5, "
        "'new', 1, true, '2026-05-09 08:00:00')",
    ),
    "0019": ("update versions set edit_classes = 'body,number', edit_algorithm = 1, edited_from = 'y'",),
    "0020": (
        "insert into signatures (article_id, algorithm, at, hashes, credits) values (5, 1, '2026-05-07 08:00:01', '', "
        "'[]')",
        "insert into copies (article_id, relation, share, quotations, first_id) values (5, 'none', 0, '[]', 5)",
        "insert into shingles (hash, article_id) values (7, 5)",
        "insert into copy_changes (id, article_id) values (1, 5)",
    ),
    "0022": ("insert into seals (number, text) values (1, 'x')",),
    "0023": (
        "insert into imported (version_id, format, file, at) values (1, 'jsonl', 'a.jsonl', '2026-05-09 08:00:00')",
        "update articles set imported_from = 'jsonl' where id = 5",
    ),
    "0027": (
        "insert into validator_checks (host, checks, false_at, url) values ('example.com', 3, '2026-05-07 08:00:01', "
        "'https://example.com/1')",
    ),
    "0024": (
        "insert into assets (url_key, url, site, state, found_at, failures) values ('example.com/1.png', "
        "'https://example.com/1.png', 'example', 'pending', '2026-05-07 08:00:01', 0)",
        "insert into page_assets (page_key, asset_key) values ('example.com/1', 'example.com/1.png')",
    ),
}
