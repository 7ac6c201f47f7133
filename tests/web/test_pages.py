"""A walk through the pages over HTTP: search, article, comparison, citation, edits, sites; and what is refused."""

import csv
import html
import io
import json
import re
import shlex
import zlib
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.support.running import warraq
from tests.support.web import reader_archive
from tests.support.web.reader_archive import EDITED, GONE, HOSTILE, REMOVED
from tests.support.web.served import Served, serving

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = ("/", "/search", "/search?q=" + quote("المدينة"), "/edits", "/sites", "/sites/example", "/runs")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_arabic_and_from_right_to_left_unless_english_is_asked_for(reader: Served, path: str):
    arabic = reader.ask(path)
    assert arabic.status == 200
    assert '<html lang="ar" dir="rtl">' in arabic.text
    english = reader.ask(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert '<html lang="en" dir="ltr">' in english.text
    cookie = english.headers["set-cookie"].partition(";")[0]
    assert '<html lang="en" dir="ltr">' in reader.ask(path, Cookie=cookie).text


def test_a_misspelt_search_leads_to_the_article_its_change_and_its_citation(reader: Served, ids: dict[str, int]):
    response = reader.find("/search", q="المحادثآت")
    assert response.status == 200
    assert f'href="/articles/{ids[EDITED]}"' in response.text
    assert "<mark>المحادثات</mark>" in response.text
    article = reader.ask(f"/articles/{ids[EDITED]}")
    compare = re.search(r'href="(/articles/\d+/compare[^"]+)"', article.text)
    assert compare is not None
    changed = reader.ask(compare[1].replace("&amp;", "&")).text
    assert re.search(r"<del[^>]*>(<span.*?</span>)?[^<]*المفاوضات بدأت", changed)
    assert re.search(r"<ins[^>]*>(<span.*?</span>)?[^<]*المحادثات انتهت", changed)
    assert (
        "ويعود الوفد غداً" not in reader.find(f"/articles/{ids[EDITED]}/compare", small="0").text or "all=1" in changed
    )
    sides = reader.find(f"/articles/{ids[EDITED]}/compare", view="sides", all="1").text
    assert sides.count("ويعود الوفد غداً.") == 2
    digest = re.search(r"sha256:([0-9a-f]{64})", article.text)
    assert digest is not None
    bib = reader.ask(f"/articles/{ids[EDITED]}/versions/2/citation.bib").text
    ris = reader.ask(f"/articles/{ids[EDITED]}/versions/2/citation.ris").text
    for cited in (bib, ris, article.text):
        assert digest[1] in cited
        assert f"{reader.url}articles/{ids[EDITED]}/versions/2" in cited
        assert "2026-05" in cited or "2026/05" in cited
    assert "&lt;i&gt;" in article.text
    assert "<i>" not in article.text


def test_filters_order_and_pages_narrow_the_result(reader: Served):
    def titles(**asked: str) -> list[str]:
        return re.findall(r'<h3 dir="auto"><a href="/articles/(\d+)">', reader.find("/search", **asked).text)

    first, second = titles(q="المدينة", sort="newest"), titles(q="المدينة", sort="newest", page="2")
    assert len(first) == 20
    assert second
    assert not set(first) & set(second)
    assert titles(q="المدينة", site="nothing") == []
    assert titles(q="المدينة", section="رياضة") == []
    assert len(titles(q="المدينة", section="سياسه")) == 20
    assert titles(q="المدينة", to="2020-01-01") == []
    assert len(titles()) == 20, "browsing needs no words"


def test_the_whole_result_can_be_taken_home(reader: Served, archive: Path):
    lines = reader.find("/search.jsonl", q="المدينة").body.splitlines()
    exported = {
        json.loads(line)["id"]: json.loads(line)
        for line in warraq("export", "-", "--archive", str(archive), cwd=archive.parent).out.splitlines()
    }
    assert len(lines) > 20
    assert all(json.loads(line) == exported[json.loads(line)["id"]] for line in lines)
    rows = list(csv.reader(io.StringIO(reader.find("/search.csv", q="المدينة").body.decode("utf-8-sig"))))
    assert len(rows) == len(lines) + 1
    assert not [cell for row in rows for cell in row if cell.lstrip("\u202e \t")[:1] in ("=", "+", "@")]
    assert [cell for row in rows for cell in row if cell == f"'{HOSTILE[0]}"]
    feed = ElementTree.fromstring(reader.find("/search.atom", q="المدينة").body)
    assert len(feed.findall(f"{ATOM}entry")) == len(lines)


def test_the_search_page_shows_the_line_that_watches_its_search(reader: Served):
    shown = reader.find("/search", q='"الوفد\'s"', site="example", from_="2026-05-01", exact="1").text
    line = html.unescape(re.findall(r'id="watch"[^>]*value="([^"]*)"', shown)[0])
    assert shlex.split(line) == ["warraq", "watch", "add", '"الوفد\'s" site:example from:2026-05-01', "--exact"]
    assert "warraq watch" not in reader.find("/search").text


def test_edits_say_what_was_changed_and_deleted(reader: Served, ids: dict[str, int]):
    edits = reader.ask("/edits").text
    assert edits.index(f"/articles/{ids[GONE]}#events") < edits.index(
        f"/articles/{ids[EDITED]}/compare?from=1&amp;to=2"
    )
    assert "الوفد يصل" in edits, "the headline as it was"
    assert f"/articles/{ids[GONE]}#" not in reader.find("/edits", class_="body").text
    assert "/articles/" not in reader.find("/edits", class_="small").text
    assert reader.find("/edits", class_="nothing").status == 400
    feed = ElementTree.fromstring(reader.ask("/edits.atom").body)
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert any("<del>" in content and "<ins>" in content for content in contents)


def test_the_classes_of_an_edit_are_shown_and_asked_for(reader: Served, ids: dict[str, int]):
    assert f"/articles/{ids[EDITED]}/compare" in reader.find("/edits", class_="headline").text
    assert "/articles/" not in reader.find("/edits", class_="paragraph removed").text.partition("<main")[2]
    assert ">إعادة صياغة</option>" in reader.ask("/edits").text
    assert 'class="tag headline"' in reader.ask(f"/articles/{ids[EDITED]}/compare").text


def test_the_versions_are_listed_by_headlines_alone_or_without_small_edits(reader: Served, ids: dict[str, int]):
    address = f"/articles/{ids[EDITED]}"
    headlines = reader.find(address, timeline="only_headlines").text
    assert "الوفد وصل إلى المدينة</p>" in headlines
    assert "النسخة 2" in reader.find(address, timeline="without_small").text
    assert reader.find(address, timeline="nothing").status == 400


def test_a_capture_is_told_with_its_headers_and_its_record_is_a_warc_file(reader: Served, ids: dict[str, int]):
    article = reader.ask(f"/articles/{ids[EDITED]}").text
    path = re.search(rf'href="(/articles/{ids[EDITED]}/captures/\d+)"', article)
    assert path is not None
    capture = reader.ask(path[1]).text
    assert "ETag" in capture
    record = reader.ask(f"{path[1]}/record.warc.gz")
    plain = zlib.decompress(record.body, zlib.MAX_WBITS | 16)
    assert plain.startswith(b"WARC/1")
    assert "وصل الوفد".encode() in plain
    assert "secret" not in capture


def test_what_was_taken_down_is_nowhere(reader: Served, ids: dict[str, int]):
    removed = ids[REMOVED]
    for path in (
        "",
        "/versions/1",
        "/compare",
        "/captures/1",
        "/captures/1/record.warc.gz",
        "/versions/1/citation.bib",
    ):
        answer = reader.ask(f"/articles/{removed}{path}")
        assert answer.status == 410, path
        assert "الزعفرانية" not in answer.text
    assert "لم يُعثر" in reader.find("/search", q="الزعفرانية").text
    assert "الزعفرانية" not in reader.ask("/search.jsonl").text


@pytest.mark.parametrize(
    "path",
    [
        "/articles/0",
        "/articles/999",
        "/articles/99999999999999999999999",
        "/articles/abc",
        "/articles/1/versions/99",
        "/articles/1/versions/99999999999999999999",
        "/articles/1/captures/9999",
        "/articles/1/versions/1/citation.exe",
        "/sites/nothing",
        "/static/../pyproject.toml",
        "/static/%2e%2e/access.py",
        "/articles/1/compare?to=9",
        "/nothing",
    ],
)
def test_what_is_not_there_is_said_on_a_page(reader: Served, path: str):
    answer = reader.ask(path)
    assert answer.status == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "' or 1=1 --",
        "title:x NEAR/2 y",
        '"',
        "*",
        "NOT",
        "a AND",
        "-كلمة",
        "(((",
        "%",
        "\0",
        "\ud800".encode("utf-8", "replace").decode(),
        "<script>",
        "المدينة*",
        "^المدينة",
        "{title} : x",
        "ا" * 900,
        "كلمة " * 70,
        "| | |",
        "\u202e",
        "'; drop table articles; --",
    ],
)
def test_hostile_words_are_literal_text_or_a_clear_refusal(reader: Served, words: str):
    for path in ("/search", "/search.atom"):
        answer = reader.find(path, q=words)
        assert answer.status in (200, 400), (path, answer.text[-300:])
        assert "sqlite" not in answer.text.lower()
        assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "to=2026-13-01",
        "from=2026-01-02&to=2026-01-01",
        "sort=best",
        "page=0",
        "page=x",
        "page=99999999999",
        "to=9999-12-31",
        "after=x",
    ],
)
def test_wrong_parameters_are_named(reader: Served, query: str):
    answer = reader.ask(f"{'/edits' if 'after' in query else '/search'}?{query}")
    assert answer.status == 400
    assert 'class="notice"' in answer.text


def test_pages_are_small_whole_and_ask_nobody_else(reader: Served, ids: dict[str, int]):
    for path in (*PAGES, f"/articles/{ids[EDITED]}"):
        text = reader.ask(path).text
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img|iframe)[^>]*(?:href|src)="([^"]+)"', text)
        size = len(text.encode()) + sum(len(reader.ask(each).body) for each in loaded)
        assert loaded
        assert all(each.startswith("/static/") for each in loaded)
        assert size <= 100_000, path
        assert "style=" not in text
        assert not re.search(r"<[^>]*\son\w+=", text)


def test_nothing_of_a_hostile_article_is_markup(reader: Served, ids: dict[str, int]):
    for number in range(1, len(HOSTILE) + 1):
        article = ids[f"https://example.com/hostile/{number}"]
        for path in (f"/articles/{article}", f"/articles/{article}/versions/1"):
            text = reader.ask(path).text
            assert not re.search(r"<(script(?! src=\"/static/)|img|svg|b)\b", text)
            assert 'href="javascript' not in text
            assert "\u202e" not in re.findall(r"<title>(.*?)</title>", text, re.DOTALL)[0]


def test_links_that_lead_out_tell_nobody_where_they_were(reader: Served, ids: dict[str, int]):
    links = re.findall(r'<a [^>]*href="https?:[^>]*>', reader.ask(f"/articles/{ids[EDITED]}").text)
    assert links
    assert all("noreferrer" in link for link in links)


def test_head_is_answered_as_get_without_a_body(reader: Served):
    answer = reader.ask("/sites", "HEAD")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.slow
def test_serve_as_a_process_on_postgresql(tmp_path: Path, postgres_url: str):
    folder = tmp_path / "archive"
    ids = reader_archive.fill(folder, postgres_url)
    with serving(folder, "--db", postgres_url) as running:
        for path in (
            *PAGES,
            f"/articles/{ids[EDITED]}",
            f"/articles/{ids[EDITED]}/compare",
            "/search.csv",
            "/edits.atom",
        ):
            assert running.ask(path).status == 200, path
        response = running.find("/search", q="المحادثآت")
        assert f'href="/articles/{ids[EDITED]}"' in response.text
        listed = {each["id"] for each in running.find("/api/v1/articles", limit="100").json["articles"]}
        assert listed == {number for url, number in ids.items() if url != REMOVED}
        assert running.ask(f"/articles/{ids[REMOVED]}").status == 410
    assert running.process.returncode == 0
