"""Pages with a canonical URL, saved to an archive, and the archive's articles."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.archive import Archive
from storage.db.schema import articles, pages
from storage.maintenance.verify import verify
from storage.queries import article_by, article_events
from storage.records import Article, Capture, Saved
from tests.support.archives import rows

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOME = "https://example.com"
ONE, TWO, THREE = (f"{HOME}/{name}" for name in ("bridge", "match", "rain"))
LIE = f"{HOME}/section/all-the-news-today"  # by its words it may be an article's
TEXTS = {
    ONE: ("وزير النقل يفتتح جسرا", "قالت مصادر رسمية إن الجسر الجديد سيفتتح في مطلع العام المقبل بحضور الوزير"),
    TWO: ("المنتخب يتأهل", "فاز المنتخب الوطني على ضيفه بثلاثة أهداف في المباراة التي جرت مساء أمس"),
    THREE: ("أمطار غزيرة في الشمال", "أغلقت السيول طرقا جبلية عدة وحذرت الأرصاد من موجة ثانية نهاية الأسبوع"),
    LIE: ("كل الأخبار", "هذه صفحة تجمع ما نشرته الصحيفة من مقالات في اقسامها المختلفة خلال هذا النهار"),
}


def show(
    archive: Archive, url: str, *, own: str | None = LIE, hours: float = 0, asked: str | None = None, **changes: Any
) -> Saved:
    """Save one page in a run of its own. own: the canonical URL that it states; None: its address."""
    at = NOW + hours * HOUR
    title, text = TEXTS.get(url, TEXTS[ONE])
    title, text = changes.pop("title", title), changes.pop("text", text)
    run_id = archive.start_run("example", now=at)
    page = Capture(url, "example", at, 200, (), f"{url} {hours} {title} {text}".encode(), requested_url=asked)
    read = Article(own or url, "example", title, text, extractor="t 1", **changes)
    saved = archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=read, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=1)
    assert saved is not None
    return saved


def known(archive: Archive) -> dict[int, tuple[str, str, int]]:
    """The articles by id: URL, headline and number of versions."""
    return {row["id"]: (row["url"], row["title"], row["version"]) for row in rows(archive, articles)}


def page_articles(archive: Archive) -> dict[str, int | None]:
    return {row["url"]: row["article_id"] for row in rows(archive, pages)}


def happened(archive: Archive, article_id: int) -> list[tuple[str, str | None, int | None]]:
    events_listed = article_events(archive.engine, article_by(archive.engine, article_id))
    return [(each["event"], each["reason"], each.get("other")) for each in events_listed]


def whole(archive: Archive) -> bool:
    report = verify(archive.engine, archive.folder)
    assert report.ok, report.as_json()
    return report.left == {}
