"""Articles of a site that prints the same line around each of them."""

from datetime import UTC, datetime
from random import Random

from crawler.extract import extract
from storage.archive import Archive
from storage.records import Capture
from tests.support.newspapers.article_pages import SITE, page
from tests.support.newspapers.redesigned import sentence

MANY = 5  # articles that share a line: enough to learn it
NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
TAIL = "تصدر الصحيفة عن دار الميناء منذ عام 1961، وتوزع في مدن الساحل كلها."


def prose(number: int) -> list[str]:
    """Two paragraphs that no other article has, apart from numbers."""
    random = Random(number)
    return [sentence(random), sentence(random)]


def capture(number: int, *, at: datetime = NOW, tail: str = TAIL) -> Capture:
    body = "".join(f"<p>{line}</p>" for line in (*prose(number), tail))
    title = " ".join(sentence(Random(f"title {number}")).split()[:9]).rstrip("،.")
    html = page(f"<h1>{title}</h1><div class='entry-content'>{body}</div>")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(f"https://news.example/news/{number}", "example", at, 200, headers, html.encode())


def fill(archive: Archive, many: int) -> None:
    archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
    run_id = archive.start_run("example", now=NOW)
    for number in range(1, many + 1):
        each = capture(number)
        position = archive.append(each, run_id)
        article = extract(each, SITE).article
        archive.save(each, position, run_id=run_id, kind="article", article=article, now=NOW)
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
