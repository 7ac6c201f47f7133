"""Read-only queries of the archive: articles, statistics, run history, coverage."""

from storage.queries.archive_stats import article_events, events, last_success, recent_runs, stats
from storage.queries.article_queries import (
    article_by,
    article_id_of,
    article_record,
    difference,
    history,
    removal,
    select_articles,
    version,
)

__all__ = [
    "article_by",
    "article_events",
    "article_id_of",
    "article_record",
    "difference",
    "events",
    "history",
    "last_success",
    "recent_runs",
    "removal",
    "select_articles",
    "stats",
    "version",
]
