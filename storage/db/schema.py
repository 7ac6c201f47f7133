"""The archive's tables, the same on SQLite and PostgreSQL. Alembic (storage/db/migrations) creates them.

A capture is the bytes of a response, an article is the content extracted from it, a version is an article's text at a
time, a page is the crawl state of a URL, a run is one crawl of one site.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.db.columns import Id, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sites = Table(
    "sites",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("home", Text, nullable=False),
    Column("title", Text),  # the newspaper's name, such as "هسبريس"
    Column("country", String(2)),  # ISO 3166 alpha-2
    Column("timezone", String(64), nullable=False),
    Column("revisits", String(8), nullable=False, server_default="normal"),  # storage.revisits.Profile
)

runs = Table(
    "runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),  # null: running, or killed
    Column("status", String(16), nullable=False),  # running, done, unhealthy, interrupted, failed
    Column("requests", Integer, nullable=False, default=0),
    Column("pages", Integer, nullable=False, default=0),  # responses with a body
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("same", Integer, nullable=False, default=0),
    Column("gone", Integer, nullable=False, default=0),
    Column("reasons", Json, nullable=False),  # Reason value to count
    Column("found", Json),  # its listings' and channels' links (crawler.runs.summary); null: not known, or killed
    Column("message", Text),  # why, where status is not done
    Column("pid", Integer),
    Column("warraq", String(32), nullable=False),  # version of the program
    Column("kind", String(8), nullable=False, server_default="crawl"),  # storage.records.RunKind
    Index(None, "site", "started_at"),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False),
    Column("url_key", Text, nullable=False),
    Column("site", String(64), nullable=False),
    Column("run_id", Id, ForeignKey("runs.id")),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", Text),
    Column("size", BigInteger, nullable=False),  # bytes of the body
    Column("digest", String(64), nullable=False),
    Column("warc_file", Text, nullable=False),  # relative to the archive's folder
    Column("warc_offset", BigInteger, nullable=False),
    Column("warc_length", BigInteger, nullable=False),
    Column("reason", String(16)),  # why it has no article; null: it has one, or is a listing
    # The earlier capture that has the bytes of this one; null: it has its own bytes.
    Column("refers_to", Id, ForeignKey("captures.id")),
    Index(None, "url_key", "fetched_at"),
    Index(None, "run_id"),
    UniqueConstraint("warc_file", "warc_offset"),
)

# Captures of article pages that are still to be extracted: a worker process died over them, or none could be started.
# The next run of the site extracts them.
unread = Table(
    "unread",
    metadata,
    Column("capture_id", Id, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("site", String(64), nullable=False),
    Column("tries", Integer, nullable=False),  # later runs in which its worker process died again
    Column("parts", Json, nullable=False),  # ids of the captures of the article's further pages, in order
    Index(None, "site"),
)

# One row per article, with its current text and metadata. Search, show and export read it.
articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False),
    Column("url_key", Text, nullable=False, unique=True),
    Column("site", String(64), ForeignKey("sites.name"), nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    Column("authors", Json, nullable=False),
    Column("agency", Text),
    Column("section", Text),
    Column("categories", Json, nullable=False),
    Column("tags", Json, nullable=False),
    Column("published_at", UtcDateTime),
    Column("published_offset", Integer),  # minutes east of UTC, as published
    Column("published_raw", Text),
    Column("published_precision", String(8)),
    Column("published_source", String(8)),
    Column("modified_at", UtcDateTime),
    Column("modified_offset", Integer),
    Column("language", String(16)),
    Column("description", Text),
    Column("image", Text),
    Column("reservations", Json, nullable=False, server_default="[]"),  # noarchive, tdm and the like
    Column("text", Text, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("content_sha256", String(64), nullable=False),  # hex, of headline and text
    Column("extractor", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # number of the current version, from 1
    Column("status", String(8), nullable=False),  # live, gone, removed
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("partial", Boolean, nullable=False, server_default=false()),  # its page shows only a part of it
    Column("cluster", BigInteger),  # number shared by complete copies of one story; null: no copies
    Column("imported_from", String(16)),  # format from which the current text was imported; null: it has a capture
    Index(None, "site", "published_at"),
    Index(None, "published_at"),
    Index(None, "content_sha256"),
)

# The distinct states of an article's headline and text, each with its capture.
versions = Table(
    "versions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("capture_id", Id, ForeignKey("captures.id")),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    Column("text", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("extractor", String(32), nullable=False),
    Column("details", Json, nullable=False),  # the other fields of the article, in the form of article_json
    # Classes of the edit (storage.queries.stored_edits), separated by commas; null: the first version, or unknown.
    Column("edit_classes", Text),
    Column("edit_algorithm", Integer),  # of the classes (storage.diff.edit_kinds); null: they are to be computed
    Column("edited_from", String(64)),  # content_sha256 of the version that this one was compared with
    UniqueConstraint("article_id", "number"),
    Index(None, "capture_id"),
    # Of edits only: 0016 and 0019 have `where number > 1`, omitted here, as it would load PostgreSQL's dialect (30 ms).
    Index("ix_versions_edited", "seen_at", "id"),
    Index("ix_versions_edit_algorithm", "edit_algorithm"),
)

# The provenance of versions whose text was imported, without a capture.
imported = Table(
    "imported",
    metadata,
    Column("version_id", Id, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("format", String(16), nullable=False),  # a preset of storage.imports.field_maps, "fields" or "text"
    Column("file", Text, nullable=False),  # name
    Column("at", UtcDateTime, nullable=False),
    Column("number", Integer),  # of the version in the archive that exported it; null: unknown
)

# The captures of an article's further pages, by the version that contains their texts.
parts = Table(
    "parts",
    metadata,
    Column("version_id", Id, ForeignKey("versions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 2: the first page is the version's own capture
    Column("capture_id", Id, ForeignKey("captures.id"), nullable=False),
    Index(None, "capture_id"),
)

# Names to filter articles by, folded (storage.arabic.fold), so that a filter is an index look-up.
labels = Table(
    "labels",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),  # section, category, tag, author
    Column("folded", Text, primary_key=True),
    Index(None, "kind", "folded", "article_id"),
)

# Crawl state: every discovered URL, fetched or not, and the canonical URLs of articles. A killed run leaves its
# unfetched pages "pending".
pages = Table(
    "pages",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("site", String(64), nullable=False),
    Column("kind", String(8), nullable=False),  # storage.records.Kind
    Column("state", String(8), nullable=False),  # pending, done, failed (given up), removed (taken down)
    Column("article_id", Id, ForeignKey("articles.id")),
    Column("reason", String(16)),
    Column("found_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime),  # last time
    Column("status", Integer),  # HTTP, last time
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", String(64)),  # of the last payload
    Column("failures", Integer, nullable=False, default=0),  # in a row
    Column("next_visit_at", UtcDateTime),  # next revisit of its article; null: no article, or no revisit
    Column("missing_since", UtcDateTime),  # first of the latest consecutive revisits without the article; null: none
    Index(None, "site", "state", "kind", "found_at"),
    Index(None, "site", "next_visit_at"),
    Index(None, "article_id"),
)

# Pictures and style sheets of article pages, fetched or still to be fetched by a crawl (storage.assets).
assets = Table(
    "assets",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("site", String(64), nullable=False),  # the site whose crawls fetch it
    Column("state", String(8), nullable=False),  # pending, done, failed (given up)
    Column("found_at", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("digest", String(64)),  # of its payload; null: it was not captured
    Index(None, "site", "state", "found_at"),
    Index(None, "digest"),
)

# Which pages show which assets. Pages are identified by key, as their article may change.
page_assets = Table(
    "page_assets",
    metadata,
    Column("page_key", Text, primary_key=True),
    Column("asset_key", Text, primary_key=True),
    Index(None, "asset_key"),
)

# Events of an article: it disappeared from its site or returned, moved, or was parted from another one.
events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # gone, restored, moved, partial, whole, parted
    Column("at", UtcDateTime, nullable=False),  # of the capture that revealed it, or of the repair that parted them
    Column("since", UtcDateTime),  # gone: of the first revisit without it
    Column("reason", String(16)),  # gone: not-found, soft-404; home, listing, elsewhere (redirected there)
    Column("capture_id", Id, ForeignKey("captures.id")),  # the capture that revealed it
    Column("other_id", Id, ForeignKey("articles.id")),  # parted: the other article; moved: the one known there
    Index(None, "article_id", "at"),
    Index(None, "at"),
    Index(None, "capture_id"),
)

# Canonical URLs that pages stated and that were not believed (storage.identity).
claims = Table(
    "claims",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("page_key", Text, primary_key=True),  # of the page's own URL
    Column("url", Text, nullable=False),
    Column("site", String(64), nullable=False),
    Column("verdict", String(8), nullable=False),  # false (other articles claim it, too), unproven
    Column("found_at", UtcDateTime, nullable=False),
    Index(None, "page_key"),
)

# Which channel listed which article, and since when. `warraq coverage` counts them.
discoveries = Table(
    "sightings",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("channel", String(10), primary_key=True),  # rest, feed, sitemap, categories
    Column("site", String(64), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),  # first
    Column("said_at", UtcDateTime),  # publication date that the channel states
    Column("said_offset", Integer),  # of said_at as printed: minutes east of UTC
    Column("said_raw", Text),  # as printed; null: it states only the last change
    Column("said_precision", String(6)),  # second, minute, day; null as said_raw
    Index(None, "site", "channel"),
)

# The discovered URLs of a site's channels, and whether they work.
endpoints = Table(
    "doors",
    metadata,
    Column("site", String(64), primary_key=True),
    Column("channel", String(10), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),  # last time
    Column("good_at", UtcDateTime),  # beginning of the last run that read it completely
    Column("failures", Integer, nullable=False),  # in a row
    Column("idle", Integer, nullable=False, server_default="0"),  # consecutive runs in which it listed nothing new
)

# The profile of a site, learned from its articles (crawler.profile.site_profile).
site_profiles = Table(
    "learned",
    metadata,
    Column("site", String(64), primary_key=True),
    Column("lines", Json, nullable=False),  # boilerplate around its articles, folded; at most 200
    Column("learned_at", UtcDateTime, nullable=False),  # when the profile last changed
    Column("profile", Json, nullable=False, server_default="{}"),  # the rest of it; {}: no template yet
    Column("generation", Integer, nullable=False, server_default="0"),  # 1 with the first template, +1 each redesign
    Column("pages", Integer, nullable=False, server_default="0"),  # from which the latest generation was learned
    Column("fingerprint", String(16)),  # of the latest template; null: none
    Column("began_at", UtcDateTime),  # when the first page of the latest generation was fetched; null: the first one
    Column("forgotten", Json, nullable=False, server_default="[]"),  # lines that must not be learned again, folded
)

# Whether the validators of a host (ETag, Last-Modified) are reliable: some servers answer 304 to any of them.
validator_checks = Table(
    "validator_checks",
    metadata,
    Column("host", Text, primary_key=True),  # as in URL keys
    Column("checks", Integer, nullable=False),  # number of checks that found nothing
    Column("false_at", UtcDateTime),  # when a check found that they are false; null: none did
    Column("url", Text),  # of the page that revealed it
)

# When each site is crawled next (storage.schedule). A site without a row was never crawled or paused.
schedules = Table(
    "schedules",
    metadata,
    Column("site", String(64), primary_key=True),
    Column("interval_s", Integer, nullable=False),  # between two crawls
    Column("crawled_at", UtcDateTime),  # start of the last crawl that counted; null: none
    Column("next_at", UtcDateTime),  # when the next crawl is due; null: now
    Column("failures", Integer, nullable=False),  # consecutive crawls that could read nothing
    Column("hours", Json, nullable=False),  # new articles by hour of the day (UTC), weighted by age; [] at first
    Column("paused_at", UtcDateTime),  # null: it is not paused
    Column("paused_until", UtcDateTime),  # null: until it is resumed
)

# Changes within a version: a later extractor read the same bytes better, or the newspaper changed metadata while
# headline and text stayed.
amendments = Table(
    "amendments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    Column("version_id", Id, ForeignKey("versions.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # reading, metadata
    Column("at", UtcDateTime, nullable=False),
    Column("capture_id", Id, ForeignKey("captures.id")),  # the capture that shows it
    Column("before", Json, nullable=False),  # former values by field name
    Index(None, "article_id"),
    Index(None, "capture_id"),
)

# Tombstones: what was taken down by hand, one row for every URL of it. It is never saved again.
removals = Table(
    "removals",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("article_id", Id, ForeignKey("articles.id")),  # null: a page without an article
    Column("removed_at", UtcDateTime, nullable=False),
    Column("removed_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "article_id"),
)

# WARC records to be redacted whose bytes are still in their file, because a run is writing it or a process was killed.
# The row is deleted after redaction.
erasures = Table(
    "erasures",
    metadata,
    Column("warc_file", Text, primary_key=True),
    Column("warc_offset", BigInteger, primary_key=True, autoincrement=False),
    Column("warc_length", BigInteger, nullable=False),
    Column("site", String(64), nullable=False),  # the site whose run wrote the file
    Column("asked_at", UtcDateTime, nullable=False),
)

# The last change of every article that concerns search indexes (storage.search.change_log).
changes = Table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True),  # ascending, and never used again
    Column("article_id", Id, nullable=False),
    Column("kind", String(8), nullable=False),  # written, removed
    Column("txid", BigInteger),  # PostgreSQL's number of the transaction that made it; null on SQLite
    Index(None, "article_id", unique=True),
    Index(None, "txid"),
    sqlite_autoincrement=True,
)

# Signatures by which articles that share words are found (storage.similar), of all articles processed so far.
signatures = Table(
    "signatures",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("algorithm", Integer, nullable=False),  # storage.similar.comparison.ALGORITHM when it was made
    Column("at", UtcDateTime, nullable=False),  # latest possible time of the article's publication
    Column("hashes", LargeBinary, nullable=False),  # 32 bits each, little-endian
    Column("credits", Json, nullable=False),  # agencies that it names as its origin
)

# The hashes of the signatures, each combined with the period of its article: period << 32 | hash.
shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# The sources of articles, and the first article of their story. An article without a row has neither.
copies = Table(
    "copies",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("relation", String(8), nullable=False),  # wholly, partly, none (it is only a source of others)
    Column("source_id", Id),  # its source, an earlier article
    Column("also_id", Id),  # a second source
    Column("share", Float, nullable=False),  # share of its words that the source has, 0 to 1
    Column("quotations", Json, nullable=False),  # quotations in both, folded
    Column("first_id", Id),  # the first article of its story; null: it is in no cluster
    Index(None, "source_id"),
    Index(None, "also_id"),
    Index(None, "first_id"),
)

# Articles whose copies are to be searched again (storage.similar.copy_log). The row is deleted afterwards.
copy_changes = Table(
    "copy_changes",
    metadata,
    Column("id", Id, primary_key=True),  # ascending, and never used again
    Column("article_id", Id, nullable=False),
    sqlite_autoincrement=True,
)

# Saved searches (storage.watches): their queries, and the number of the last delivery of their news.
watches = Table(
    "watches",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("query", Text, nullable=False),
    Column("exact", Boolean, nullable=False),
    Column("timezone", String(64), nullable=False),  # of the days in the query's fields
    Column("added_at", UtcDateTime, nullable=False),
    Column("ran_at", UtcDateTime),  # last time; null: never
    Column("deliveries", Integer, nullable=False),  # number of deliveries so far
)

# The article states that a saved search knows: reported ones, and those found when it was added.
watch_articles = Table(
    "watch_articles",
    metadata,
    Column("watch", String(64), ForeignKey("watches.name"), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("status", String(8), nullable=False),  # live, gone
)

# The news of a saved search, to be delivered or recently delivered. Without texts: titles are read when they are shown.
watch_news = Table(
    "watch_news",
    metadata,
    Column("watch", String(64), ForeignKey("watches.name"), primary_key=True),
    Column("delivery", Integer, primary_key=True, autoincrement=False),
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False),  # storage.watches.news.NewsKind
    Column("version", Integer, nullable=False),
    Column("version_before", Integer),  # null: a new article
    Column("matches", Boolean, nullable=False),  # false: the search no longer finds it
    Column("noted_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),  # when it was delivered; null: still to be delivered
)

# Seals of days (storage.evidence), copies of the files in the folder `evidence`, so that both can be compared.
seals = Table(
    "seals",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("timestamp", LargeBinary),  # the authority's response (RFC 3161, DER); null: none yet
)

# Facts about the archive itself, such as the id that search indexes store.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

Row = dict[str, Any]
