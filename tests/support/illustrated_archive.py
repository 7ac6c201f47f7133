"""An archive of two articles whose style sheet and pictures have the same bytes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures
from storage.maintenance.stored_pages import ExtractionTask
from storage.records import Capture, Extraction, Origin, Position
from tests.support.small_archive import HOME, NOW, PlainReader, page, read
from tests.support.web.captured_archive import png

PAGES = (f"{HOME}/1", f"{HOME}/2")
STYLE, PICTURES = f"{HOME}/style.css", (f"{HOME}/1.png", f"{HOME}/2.png")
SHOWN = {PAGES[0]: (STYLE, PICTURES[0]), PAGES[1]: (STYLE, PICTURES[1])}
CSS = b"h1 { color: rgb(1, 2, 3) }"


class IllustratedReader(PlainReader):
    """A reader that knows which pictures and style sheets the pages show."""

    def assets(self, task: ExtractionTask, extraction: Extraction) -> tuple[str, ...]:
        return SHOWN.get(task.capture.url, ())


def asset(url: str, at: datetime, body: bytes = b"") -> Capture:
    kind = "text/css" if url.endswith(".css") else "image/png"
    content = body or (CSS if kind == "text/css" else png())
    return Capture(url, "example", at, 200, (("Content-Type", kind),), content, request_headers=(("User-Agent", "W"),))


def keep_page(archive: Archive, run_id: int, url: str, at: datetime, body: str, shows: Iterable[str]) -> int:
    """Save an article, and its assets as pending; return the article's id."""
    capture = page(url, at, body)
    position = archive.append(capture, run_id, origin=Origin("article", f"{HOME}/"))
    article = read(capture).article
    saved = archive.save(capture, position, run_id=run_id, kind="article", article=article, assets=shows, now=at)
    assert saved is not None
    return saved.article_id


def keep_asset(archive: Archive, run_id: int, capture: Capture, of: str | None) -> Position:
    position = archive.append(capture, run_id, origin=Origin("asset", of))
    work = archive.writes.saving_asset(capture, position, run_id=run_id, page=of, now=capture.fetched_at)
    assert archive.commit_all([work]) == [None]
    return position


def fill(archive: Archive) -> None:
    """Fill the archive with two runs on two days."""
    archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
    for day, url in enumerate(PAGES):
        at = NOW + timedelta(days=day)
        run_id = archive.start_run("example", now=at)
        keep_page(archive, run_id, url, at, f"عنوان {day}\nنص {day}", SHOWN[url])
        for number, each in enumerate(archive.frontier("example", lambda: NOW).wanted_assets(9)):
            keep_asset(archive, run_id, asset(each.url, at + timedelta(seconds=1 + number)), each.page)
        archive.finish_run(run_id, status="done", now=at + timedelta(minutes=1), requests=3)


def kept(archive: Archive) -> list[str]:
    """The URLs of the captures whose bytes may be read, in order."""
    with read_transaction(archive.engine) as connection:
        rows = connection.execute(select(captures.c.url, captures.c.reason).order_by(captures.c.url))
        return [row.url for row in rows if row.reason is None]
