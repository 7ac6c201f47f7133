"""An article in several pages, from the crawl to the archive and all that knows its parts."""

import json
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.db.schema import captures, pages, parts
from storage.maintenance.verify import verify
from tests.support.archives import rows
from tests.support.hostile import Answer, Server, page, redirect
from tests.support.running import warraq

TEXTS = (
    "أعلنت وزارة النقل أن العمل في الجسر الجديد سينتهي قبل نهاية العام وأن حركة السير ستعود إلى ما كانت عليه بعد افتتاحه.",
    "وقال المهندس المشرف إن الفرق الفنية أنجزت أكثر من ثلثي الأعمال وإن ما بقي منها يتعلق بالإنارة والأرصفة في الجانبين.",
    "وأضاف أن السكان سيلاحظون الفرق في مدة التنقل بين الضاحية ومركز المدينة إذ كانت الرحلة تستغرق ساعة في أوقات الذروة.",
)
SECRET = "ثلثي"
FIRST = "/news/1/"
PATHS = (FIRST, "/news/1/2/", "/news/1/3/")
BY_QUERY = ("/show.php?id=1", "/show.php?id=1&page=2", "/show.php?id=1&page=3")


def part(text: str, *, links: str = "", head: str = "") -> Answer:
    title = "وزير النقل يفتتح جسرا على الطريق الساحلي"
    return page(
        f'<html lang="ar" dir="rtl"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>'
        f'<time datetime="2025-11-22T10:00:00+03:00">22 نوفمبر 2025</time><div class="entry-content"><p>{text}</p>{links}'
        "</div></article></body></html>"
    )


def numbered(paths: tuple[str, ...] = PATHS) -> dict[str, Answer]:
    """Every page links to all others by their numbers."""
    links = "".join(f'<a class="post-page-numbers" href="{path}">{n}</a> ' for n, path in enumerate(paths, 1))
    links = f'<div class="page-links">الصفحات: {links}</div>'
    return {path: part(text, links=links) for path, text in zip(paths, TEXTS, strict=True)}


def chained() -> dict[str, Answer]:
    """Each page names the next one alone."""
    heads = [f'<link rel="next" href="{path}">' for path in PATHS[1:]]
    answers = zip(PATHS, TEXTS, [*heads, ""], strict=True)
    return {path: part(text, head=head) for path, text, head in answers}


def site(answers: dict[str, Answer], named: str = FIRST) -> dict[str, Answer]:
    feed = f"<rss version='2.0'><channel><item><title>خ</title><link>{named}</link></item></channel></rss>"
    home = '<html lang="ar"><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>'
    return {"/": page(home), "/feed.xml": page(feed, Content_Type="application/rss+xml"), **answers}


def crawl(folder: Path, server: Server) -> list[dict[str, Any]]:
    """What the archive has after a crawl."""
    ran = warraq("crawl", server.url("/"), "--allow-host", "127.0.0.1", "--delay", "0", "--full", cwd=folder)
    assert "Traceback" not in ran.err, ran.err
    return exported(folder)


def exported(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in warraq("export", "-", cwd=folder).out.splitlines()]


def whole(folder: Path) -> None:
    with Archive.open(folder / "archive") as archive:
        assert verify(archive.engine, archive.folder).as_json()["wrong"] == {}


@pytest.mark.parametrize(
    ("answers", "first"),
    [(numbered(), FIRST), (numbered(BY_QUERY), BY_QUERY[0]), (chained(), FIRST)],
    ids=["numbered", "by query", "rel=next"],
)
def test_the_pages_of_an_article_are_one_article(tmp_path: Path, answers: dict[str, Answer], first: str) -> None:
    with Server(site(answers, first.replace("&", "&amp;"))) as server:
        (record,) = crawl(tmp_path, server)
        assert record["url"] == server.url(first)
    assert record["text"].split("\n\n") == list(TEXTS)
    assert (record["partial"], record["versions"]) == (False, 1)
    (version,) = warraq("history", str(record["id"]), "--json", cwd=tmp_path).json
    assert [set(each) for each in version["parts"]] == [{"url", "warc"}] * 2
    with Archive.open(tmp_path / "archive") as archive:
        assert [row["number"] for row in rows(archive, parts, parts.c.number)] == [2, 3]
        kinds = {row["kind"] for row in rows(archive, pages) if row["article_id"] == record["id"]}
        assert kinds == {"article", "part"}
    ran = warraq("reextract", "--json", cwd=tmp_path)
    assert (ran.json["corrected"], ran.json["same"]) == (0, 1)
    whole(tmp_path)


@pytest.mark.slow
def test_a_part_that_does_not_answer_makes_it_partial_until_it_does(tmp_path: Path) -> None:
    answers = site(numbered())
    with Server({**answers, PATHS[2]: page("", 500)}) as server:
        (record,) = crawl(tmp_path, server)
        assert (record["partial"], record["text"].split("\n\n")) == (True, list(TEXTS[:2]))
        server.answers[PATHS[2]] = answers[PATHS[2]]
        due(tmp_path)
        (record,) = crawl(tmp_path, server)
        assert (record["partial"], record["version"]) == (False, 2)
        assert record["text"].split("\n\n") == list(TEXTS)
        server.answers[PATHS[1]] = redirect(FIRST)
        due(tmp_path)
        (record,) = crawl(tmp_path, server)
    assert (record["partial"], record["version"], len(record["text"].split("\n\n"))) == (False, 2, 3)
    whole(tmp_path)


def due(folder: Path) -> None:
    """Make the article's revisit due."""
    with Archive.open(folder / "archive") as archive, archive.engine.begin() as connection:
        first = pages.update().where(pages.c.next_visit_at.is_not(None))
        connection.execute(first.values(next_visit_at=rows(archive, captures)[0]["fetched_at"]))


def test_a_further_part_alone_leads_to_the_first(tmp_path: Path) -> None:
    with Server(site(numbered(), PATHS[1])) as server:
        (record,) = crawl(tmp_path, server)
        assert record["url"] == server.url(FIRST)
    assert record["text"].split("\n\n") == list(TEXTS)


@pytest.mark.slow
def test_the_warc_files_alone_give_the_same_article(tmp_path: Path) -> None:
    with Server(site(numbered())) as server:
        before = crawl(tmp_path, server)
    for each in (tmp_path / "archive").glob("warraq.db*"):
        each.unlink()
    ran = warraq("repair", "--json", cwd=tmp_path)
    assert (ran.code, ran.json["relinked"]["articles"]) == (0, 1), ran.err
    assert exported(tmp_path) == before
    with Archive.open(tmp_path / "archive") as archive:
        assert len(rows(archive, parts)) == 2


@pytest.mark.slow
def test_what_is_taken_down_goes_with_all_its_parts(tmp_path: Path) -> None:
    with Server(site(numbered())) as server:
        crawl(tmp_path, server)
        ran = warraq("remove", server.url(PATHS[2]), "--reason", "حكم", cwd=tmp_path)
        assert ran.code == 0, ran.err
        assert [record["text"] for record in crawl(tmp_path, server)] in ([], [""])
    with Archive.open(tmp_path / "archive") as archive:
        assert rows(archive, parts) == []
        assert {
            row["url"].rpartition("/news/")[2] for row in rows(archive, captures) if "/news/" in row["url"]
        } == set()
    whole(tmp_path)
