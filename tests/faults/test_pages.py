"""Pages and lists made to exhaust, mislead or break their reader: F26, F29, F31."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.schema import articles, captures
from tests.support.archives import rows
from tests.support.faults.crawls import Crawled, crawl_at
from tests.support.hostile import Answer, Server, endless, page, robots
from tests.support.newspapers.small_site import MENU, article, listing
from tests.support.running import warraq

PATIENT = {"DOWNLOAD_TIMEOUT": 60}  # s; what is tested is a size, and no wait
NOW = datetime.now(UTC).replace(microsecond=0)
TITLE = "خبر رقم {n} عن افتتاح الميناء الجديد"
MIXED = "واختتم البيان بأن التفاصيل الكاملة ستنشر في الجريدة الرسمية خلال الأيام المقبلة"
LAST = "وقال المتحدث إن العمل سيستمر ثلاثة أشهر على الأقل، وإن السكان سيبلغون بكل تغيير قبل موعده بأسبوع"
SENTENCE = "أعلنت الجهة المسؤولة تفاصيل الخبر في مؤتمر صحفي عقد صباح اليوم بحضور عدد من الصحفيين والمهتمين."


def newspaper(special: dict[int, Answer], numbers: int = 8) -> dict[str, Answer]:
    """Articles of which some are special, linked by one category."""
    answers = {"/": listing([7, 8], menu=MENU), "/c/a/": listing(range(1, numbers + 1)), "/c/b/": listing([7])}
    return answers | {f"/n/{n}/": special.get(n) or article(n) for n in range(1, numbers + 1)}


def html(n: int, body: str) -> str:
    return f'<html lang="ar"><head><title>{TITLE.format(n=n)}</title></head><body><article><h1>{TITLE.format(n=n)}</h1>{body}</article></body></html>'


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_f26_pages_of_any_size_cost_themselves_alone(tmp_path: Path) -> None:
    special = {
        1: endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 65536),
        2: page(html(2, f"<p>{SENTENCE}</p>" * (50_000_000 // 190))),
        3: page(html(3, f"<p>{SENTENCE[:30]}</p>" * 100_000)),
        4: page(html(4, "".join(f"<a href=/x/{i}>خبر آخر {i}</a> " for i in range(50_000)) + f"<p>{SENTENCE}</p>" * 3)),
        5: page(html(5, "<div>" * 100_000 + SENTENCE)),
    }
    with Server(newspaper(special)) as server:
        done = crawl_at(NOW, server.url(), folder=tmp_path, overrides=PATIENT, limit_s=380)
        asked = {n: len(server.hits(f"/n/{n}/")) for n in special}
    assert done.site["new"] >= 3, "the three honest articles, and perhaps what could be read of others"
    assert asked == dict.fromkeys(special, 1), "what is too large once is so again"
    assert done.peak_mb < 600
    with Archive.open(tmp_path / "archive") as archive:
        kept = {row["url"].rsplit("/", 2)[1]: row["reason"] for row in rows(archive, captures)}
        held = {row["url"].rsplit("/", 2)[1] for row in rows(archive, articles)}
    assert {"6", "7", "8"} <= held
    # The first two are larger than what is taken from a server; of the others the bytes are kept, article or not.
    assert {"3", "4", "5"} <= set(kept)
    assert kept["3"] == "too-large"
    assert set(done.site["not_articles"]) <= {"too-large", "timeout", "listing", "empty", "failed"}
    assert done.site["not_articles"]["too-large"] >= 3


def encoded(n: int, charset: str, *, header: str | None = None, meta: str | None = None, more: bytes = b"") -> Answer:
    text = html(n, f"<p>في الخبر {n}: {SENTENCE}</p><p>{LAST} رقم {n}.</p>MORE")
    if meta:
        text = text.replace("<head>", f'<head><meta charset="{meta}">')
    body = text.encode(charset).replace("MORE".encode(charset), more)
    return page(body, Content_Type=f"text/html; charset={header}" if header else "text/html")


def test_f29_no_charset_and_no_character_breaks_a_page_or_a_database(tmp_path: Path, database_url: str) -> None:
    cases: dict[int, Answer] = {
        1: encoded(1, "windows-1256", header="utf-8"),
        2: encoded(2, "windows-1256", header="utf-8", meta="windows-1256"),
        3: encoded(3, "windows-1256", header="iso-8859-1", meta="utf-8"),
        4: encoded(4, "utf-8", header="windows-1256"),
        5: encoded(5, "utf-8-sig", header="windows-1256", meta="iso-8859-6"),
        6: encoded(6, "utf-16", header="utf-8"),
        7: encoded(7, "utf-8", meta="nonsense"),
        8: encoded(8, "utf-8", more=b"<p>" + MIXED.encode() + b" \xff\xfe\xc3 " + MIXED.encode() + b"</p>"),
        9: encoded(
            9, "utf-8", more=f"<p>بداية\x00 الجملة \u202eالمقلوبة\u202c \x1b[31m \x85 {SENTENCE} نهاية</p>".encode()
        ),
        10: encoded(10, "utf-8", more=f"<p>{MIXED} &#0; &#xD800; &#xFFFE; &#x1F600; &#1114112; نهاية</p>".encode()),
    }
    with Server(newspaper(cases, 10)) as server:
        done = crawl_at(NOW, server.url(), folder=tmp_path, db_url=database_url)
    assert (done.site["status"], done.site["new"]) == ("done", 10), done.site
    ran = warraq("export", "-", "--db", database_url, cwd=tmp_path)
    records = {int(each["url"].rsplit("/", 2)[1]): each for each in map(json.loads, ran.out.splitlines())}
    for n, each in records.items():
        assert each["title"] == TITLE.format(n=n), n
        assert each["text"].split("\n\n")[:2] == [f"في الخبر {n}: {SENTENCE}", f"{LAST} رقم {n}."], n
        assert not [letter for letter in each["text"] if letter in "\0\x1b\x85" or "\ud800" <= letter <= "\udfff"], n
    assert "\ufffd" in records[8]["text"]
    assert records[8]["text"].count(MIXED) == 2
    assert records[9]["text"].endswith("نهاية")


SITE = """
from crawler.platforms import SitemapSpider
from crawler.site import Site


class Lists(SitemapSpider):
    site = Site("lists", "{url}", delay_s=0.0)
"""
URLSET = '<?xml version="1.0"?>{doctype}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
INDEX = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{files}</sitemapindex>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip


def xml(text: str | bytes) -> Answer:
    return page(text, Content_Type="application/xml")


def read_lists(folder: Path, made: Callable[[Server], dict[str, Answer]]) -> tuple[Crawled, Server]:
    """Crawl a site by the sitemaps that its robots.txt names: a good one of three articles, and these."""
    (folder / "spiders").mkdir()
    with Server() as server:
        lists = {"/good.xml": xml(URLSET.format(doctype="", urls=urls(server, 1, 2, 3)))} | made(server)
        server.answers |= lists | {"/": listing([1], menu=MENU)} | {f"/n/{n}/": article(n) for n in range(1, 9)}
        server.answers["/robots.txt"] = robots("".join(f"Sitemap: {server.url(path)}\n" for path in lists))
        (folder / "spiders/lists.py").write_text(SITE.format(url=server.url()))
        done = crawl_at(NOW, "lists", folder=folder, spiders=folder / "spiders", limit_s=400, overrides=PATIENT)
    assert {path: len(server.hits(path)) for path in lists if len(server.hits(path)) > 1} == {}
    assert {f"/n/{n}/" for n in (1, 2, 3)} <= set(server.paths())
    assert done.site["new"] >= 3
    assert done.site["channels"]["sitemap"]["failures"] >= 1, "it is reported"
    return done, server


def urls(server: Server, *numbers: int) -> str:
    return "".join(f"<url><loc>{server.url(f'/n/{n}/')}</loc></url>" for n in numbers)


def entity(declared: str) -> str:
    return f"<!DOCTYPE x [{declared}]>"


def test_f31_lists_made_to_exhaust_or_mislead_their_reader_cost_themselves_alone(tmp_path: Path) -> None:
    def made(server: Server) -> dict[str, Answer]:
        file = entity("<!ENTITY file SYSTEM 'file:///etc/passwd'>")
        remote = entity(f"<!ENTITY % dtd SYSTEM '{server.url('/evil.dtd')}'> %dtd;")
        return {
            "/laughs.xml": xml(URLSET.format(doctype=LAUGHS, urls=f"<url><loc>&a11;</loc></url>{urls(server, 4)}")),
            "/file.xml": xml(URLSET.format(doctype=file, urls=f"<url><loc>{server.url('/')}&file;</loc></url>")),
            "/remote.xml": xml(URLSET.format(doctype=remote, urls=urls(server, 5))),
            "/loop.xml": xml(INDEX.format(files=f"<sitemap><loc>{server.url('/loop.xml')}</loc></sitemap>")),
            "/there.xml": xml(INDEX.format(files=f"<sitemap><loc>{server.url('/back.xml')}</loc></sitemap>")),
            "/back.xml": xml(INDEX.format(files=f"<sitemap><loc>{server.url('/there.xml')}</loc></sitemap>")),
            "/broken.xml": xml(URLSET.format(doctype="", urls=urls(server, 6, 7))[:-60]),
            "/nested.xml": xml("<a>" * 200_000),
        }

    done, server = read_lists(tmp_path, made)
    assert not server.hits("/evil.dtd")
    assert not [path for path in server.paths() if "root:" in path]
    assert done.peak_mb < 300


@pytest.mark.slow
def test_f31_a_list_of_a_million_entries_and_one_of_two_gigabytes_stay_within_bounds(tmp_path: Path) -> None:
    def made(_server: Server) -> dict[str, Answer]:
        many = "".join(f"<url><loc>http://other.example/{n}</loc></url>" for n in range(1_000_000))
        blank = gzip.compress(b" " * 16_000_000, 9)
        return {
            "/million.xml.gz": page(gzip.compress(URLSET.format(doctype="", urls=many).encode())),
            "/gigabytes.xml.gz": page(gzip.compress(b"<urlset>") + blank * 125),
        }

    done, _ = read_lists(tmp_path, made)
    assert done.peak_mb < 500
