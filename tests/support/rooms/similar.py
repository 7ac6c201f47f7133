"""Archives of labelled stories, and the copies found in them."""

from collections.abc import Iterable

from storage.archive import Archive
from storage.db.schema import articles, copies
from storage.queries import article_id_of
from tests.support.archives import article, capture, rows, save
from tests.support.wire_stories.stories import Labelled


def url_of(story_id: str) -> str:
    """The URL of an article of the stories."""
    return f"https://example.com/{story_id}"


def save_stories(archive: Archive, run_id: int, stories: Iterable[Labelled]) -> None:
    """Save articles as a crawl does, each at the time when it was first seen."""
    for each in stories:
        page = capture(url_of(each.id))
        fetched = page.__class__(
            page.url, page.site, each.first_seen_at, page.status, page.headers, f"{each.id}{each.text}".encode()
        )
        read = article(
            page.url,
            each.text,
            title=each.title,
            agency=each.agency,
            published_at=each.published_at,
            published_precision=each.precision,
            published_source="meta",
        )
        save(archive, run_id, fetched, read)


def told(archive: Archive) -> dict[str, tuple[str, str | None, str | None, str | None, bool]]:
    """By story id: relation, ids of source, second source and first publisher, and whether it has a cluster."""
    names = {row["id"]: row["url"].rpartition("/")[2] for row in rows(archive, articles)}
    clusters = {row["id"]: row["cluster"] for row in rows(archive, articles)}
    return {
        names[row["article_id"]]: (
            row["relation"],
            names.get(row["source_id"]),
            names.get(row["also_id"]),
            names.get(row["first_id"]),
            clusters[row["article_id"]] is not None,
        )
        for row in rows(archive, copies)
    }


def id_of(archive: Archive, story_id: str) -> int:
    """The id of an article of the stories."""
    with archive.engine.connect() as connection:
        return article_id_of(connection, url_of(story_id)) or 0
