"""A small hand-made archive and an extractor for its pages, for the tests of verify, repair and rebuild."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import articles, captures, events, pages, versions
from storage.maintenance.stored_pages import ExtractionTask, SiteFacts
from storage.maintenance.verify import verify
from storage.records import Article, Capture, Extraction, Found, Origin, Reason
from storage.saving import Listed

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"


class PlainReader:
    """Reads pages whose first line is the headline and the rest the text (storage.maintenance.rebuild.Reader)."""

    def __init__(self) -> None:
        self.held: list[str] = []

    def site(self, name: str, known: dict[str, str], url: str) -> SiteFacts:
        home = known.get("home", HOME)
        return SiteFacts(name, home, known.get("title"), known.get("country"), known.get("timezone", "UTC"))

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        for task in tasks:
            yield task, read(task.capture) if task.kind == "article" else Extraction()

    def judge(self, archive: Archive, task: ExtractionTask, extraction: Extraction) -> Extraction:
        return extraction

    def judged(self, archive: Archive) -> Iterator[tuple[ExtractionTask, Extraction]]:
        return iter(())

    def listed(self, task: ExtractionTask) -> Listed | None:
        return None

    def assets(self, task: ExtractionTask, extraction: Extraction) -> tuple[str, ...]:
        return ()

    def hold(self, site: str) -> None:
        self.held.append(site)


def read(capture: Capture) -> Extraction:
    if capture.status == 404:
        return Extraction(reason=Reason.NOT_FOUND)
    if capture.status >= 400:
        return Extraction(reason=Reason.HTTP_ERROR)
    title, _, text = capture.body.decode().partition("\n")
    if not text:
        return Extraction(reason=Reason.EMPTY)
    return Extraction(Article(capture.url, capture.site, title, text, extractor="plain 1"))


def page(url: str, at: datetime, body: str, status: int = 200) -> Capture:
    headers = (("Content-Type", "text/html"), ("ETag", f'"{len(body)}"'))
    sent = (("User-Agent", "Warraq"), ("Cookie", "secret"))
    return Capture(url, "example", at, status, headers, body.encode(), request_headers=sent)


def keep(archive: Archive, run_id: int, capture: Capture, kind: Any = "article", *found: Found) -> None:
    position = archive.append(capture, run_id, origin=Origin(kind, f"{HOME}/", found))
    if capture.status == 304:
        archive.touch(capture.url, run_id=run_id, now=capture.fetched_at, capture=capture, position=position)
        return
    made = read(capture) if kind == "article" else Extraction()
    archive.save(
        capture,
        position,
        run_id=run_id,
        kind=kind,
        article=made.article,
        reason=made.reason,
        found=found,
        now=capture.fetched_at,
    )


def fill(archive: Archive) -> None:
    """Save two articles, one edited and edited back, one gone; a revisit, a 304 response, a page still pending."""
    archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
    one, two, three = (f"{HOME}/{number}" for number in (1, 2, 3))
    for hours, texts in (
        (0, {one: "عنوان\nنص أول", two: "آخر\nنص ثان"}),
        (5, {one: "عنوان\nنص معدل", two: None}),
        (6, {one: "عنوان\nنص أول", two: None}),
        (29, {one: "", two: None}),
    ):
        at = NOW + timedelta(hours=hours)
        run_id = archive.start_run("example", now=at)
        discoveries = [Found(url, "article") for url in (one, two, three)]
        keep(archive, run_id, page(f"{HOME}/", at, "القائمة"), "listing", *discoveries)
        for number, (url, text) in enumerate(texts.items(), 1):
            seen = at + timedelta(seconds=number)
            if text is None:
                keep(archive, run_id, page(url, seen, "لا شيء", 404))
            else:
                keep(archive, run_id, page(url, seen, text, 200 if text else 304))
        archive.finish_run(run_id, status="done", now=at + timedelta(minutes=1), requests=3)


def told(archive: Archive) -> dict[str, list[Any]]:
    """The content of the archive, without the ids of its rows."""
    url = articles.c.url
    texts = select(url, versions.c.number, versions.c.seen_at, versions.c.title, versions.c.text, versions.c.details)
    queries = {
        "articles": select(
            url, articles.c.title, articles.c.text, articles.c.version, articles.c.status, articles.c.first_seen_at,
            articles.c.last_seen_at, articles.c.site,
        ),
        "versions": texts.join_from(versions, articles, articles.c.id == versions.c.article_id),
        "events": select(url, events.c.kind, events.c.at, events.c.since, events.c.reason).join_from(
            events, articles, articles.c.id == events.c.article_id
        ),
        "pages": select(
            pages.c.url, pages.c.kind, pages.c.state, pages.c.fetched_at, pages.c.etag, pages.c.digest,
            pages.c.next_visit_at, pages.c.missing_since,
        ),
        "captures": select(
            captures.c.url, captures.c.fetched_at, captures.c.status, captures.c.digest, captures.c.warc_file,
            captures.c.warc_offset, captures.c.warc_length, captures.c.reason, captures.c.refers_to.is_(None),
        ),
    }  # fmt: skip
    with read_transaction(archive.engine) as connection:
        return {name: sorted(map(_plain, connection.execute(query))) for name, query in queries.items()}


def wrong_counts(archive: Archive) -> dict[str, int]:
    """The number of findings of `verify` by kind, of the kinds that are wrong."""
    report = verify(archive.engine, archive.folder)
    assert report.ok == (not report.wrong)
    return {kind: finding.count for kind, finding in report.wrong.items()}


def capture_row(archive: Archive, number: int) -> Any:
    with read_transaction(archive.engine) as connection:
        return connection.execute(select(captures).order_by(captures.c.id).offset(number).limit(1)).one()


def _plain(row: Iterable[Any]) -> str:
    # PostgreSQL keeps the keys of JSON in an order of its own.
    return repr([sorted(value.items()) if isinstance(value, dict) else value for value in row])
