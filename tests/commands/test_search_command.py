"""`warraq search` as people type it: a query may begin with an exclusion."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.output import article_view
from storage.archive import Archive
from storage.search import Hit
from tests.support.archives import NOW, article, capture, save
from tests.support.running import warraq


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)
        for number, body in enumerate(("مصر تفوز في كرة القدم", "مصر توقع اتفاقا Brent")):
            url = f"https://example.com/news/{number}"
            save(archive, run_id, capture(url), article(url, body))
        archive.finish_run(run_id, status="done", now=NOW, requests=2)
    return tmp_path


@pytest.mark.parametrize("query", ["-كرة مصر", "-football مصر Brent", "\u2212كرة مصر", '-"كرة القدم" مصر', "مصر -كرة"])
@pytest.mark.parametrize("before", [True, False], ids=["query first", "options first"])
def test_an_exclusion_may_come_first(query: str, before: bool, folder: Path) -> None:
    options = ["--limit", "5", "--json"]
    ran = warraq("search", *([query, *options] if before else [*options, query]), cwd=folder)
    assert ran.code == 0, ran.err
    assert [hit["url"] for hit in json.loads(ran.out)["hits"]] == ["https://example.com/news/1"]


@pytest.mark.parametrize("args", [["--limt", "5", "مصر"], ["مصر", "--jsn"], ["--jsn"]])
def test_a_misspelt_option_is_no_query(args: list[str], folder: Path) -> None:
    ran = warraq("search", *args, cwd=folder)
    assert ran.code == 2
    assert args[0] in ran.err or args[-1] in ran.err
    assert "No such option" in ran.err


def test_facets_count_what_a_search_finds_in_json_and_as_tables(folder: Path) -> None:
    ran = warraq("facets", "مصر", "--by", "site,month", "--json", cwd=folder)
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert answer["total"] == 2
    assert answer["facets"]["site"] == [{"value": "example", "count": 2}]
    assert list(answer["facets"]) == ["site", "month"]
    shown = warraq("facets", "-كرة مصر", "--by", "site", cwd=folder)
    assert shown.out.splitlines()[0] == "1 found"
    assert "example" in shown.out
    assert json.loads(warraq("facets", "--json", cwd=folder).out)["total"] == 2


@pytest.mark.parametrize(
    ("args", "named"),
    [(["--by", "colour"], "--by 'colour' is no facet: section, author"), (["--by", ","], "--by names no facet")],
)
def test_an_unknown_facet_is_named(args: list[str], named: str, folder: Path) -> None:
    ran = warraq("facets", *args, cwd=folder)
    assert ran.code == 2
    assert named in ran.err


def test_another_spelling_of_a_name_is_offered(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        for site, name in (("example", "غوتيريش"), ("other", "غوتيريس")):
            archive.add_site(site, f"https://{site}.com", None, None, "UTC")
            run_id = archive.start_run(site, now=NOW)
            for number, title in enumerate((f"أنطونيو {name} يدعو إلى الهدنة", f"أنطونيو {name} يزور المخيم")):
                url = f"https://{site}.com/news/{number}"
                read = replace(article(url, "نص الخبر", title=title), site=site)
                save(archive, run_id, replace(capture(url), site=site), read)
            archive.finish_run(run_id, status="done", now=NOW, requests=2)
    assert "\nalso written: غوتيريس (2)\n" in warraq("search", "غوتيريش", cwd=tmp_path).out
    assert "\nيُكتب أيضًا: غوتيريس (2)\n" in warraq("search", "غوتيريش", cwd=tmp_path, WARRAQ_LANG="ar").out
    answer = json.loads(warraq("search", "غوتيريش", "--json", cwd=tmp_path).out)
    assert answer["also_written"] == [{"word": "غوتيريش", "spelling": "غوتيريس", "articles": 2}]


ODD = [
    ("عنوان\u2028في سطرين \x1b[31m", "نص\n\nبفقرات  و\tجدولة \u202eمقلوبة", "محليات"),
    ("[bold]عنوان[/bold] :smile:", "", "[red]قسم[/red]"),
    ("عنوان ", "نص طويل " * 60, None),
    ("日本語 中文", "🙂 " * 90, "قسم " * 40),
    ("x", " ", "漢" * 45),
]


@pytest.mark.parametrize(("title", "snippet", "section"), ODD)
def test_a_pipe_gets_the_lines_that_rich_would_write(
    title: str, snippet: str, section: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "2026-11-24T17:30:07+03:00"
    hit = Hit(
        7, "https://example.com/7", "example", title, ((0, 3),), section, said, "second", snippet, ((1, 4),), 1, "stem"
    )
    article_view.print_hits(["2 found"], [hit, hit])
    plain = capsys.readouterr().out
    monkeypatch.setattr(article_view, "is_plain_stdout", lambda: False)
    article_view.print_hits(["2 found"], [hit, hit])
    assert plain == capsys.readouterr().out


@pytest.mark.parametrize(
    "args", [["search", "site:exmaple"], ["facets", "-كرة موقع:exmaple"], ["watch", "add", "site:exmaple"]]
)
def test_a_site_that_the_archive_has_not_is_told_of_a_field_too(args: list[str], folder: Path) -> None:
    ran = warraq(*args, cwd=folder)
    assert (ran.code, "no site called 'exmaple'; it has example" in ran.err) == (0, True), ran.err
