"""`check --update` and `sites --profile --write`: what is known of a site, kept beside its file and in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.demo import DemoServer
from crawler.probe import saved_sample, site_file
from crawler.profile.template import Template
from crawler.site import Selectors, Site
from storage.errors import UsageError
from tests.support.rooms.profiles import capture
from tests.support.running import ROOT, warraq

SOURCE = (ROOT / "spiders/hespress.py").read_text(encoding="utf-8")
LONG = Selectors(
    body="article.post-content div.entry-content", drop="div.entry-content div.post-bottom-meta, div.share"
)


def is_formatted(source: str) -> bool:
    ruff = Path(sys.executable).parent / "ruff"
    return subprocess.run([ruff, "format", "--check", "-"], input=source, text=True, cwd=ROOT, check=False, capture_output=True).returncode == 0  # fmt: skip


def site_of(source: str) -> Site:
    names: dict[str, object] = {"__name__": "made"}
    exec(compile(source, "made", "exec"), names)  # noqa: S102
    return next(value.site for value in names.values() if isinstance(getattr(value, "site", None), Site))  # type: ignore[attr-defined]


@pytest.mark.parametrize("selectors", [Selectors(body="div.a"), LONG], ids=["short", "long"])
def test_selectors_are_written_as_a_person_would_and_nothing_else_changes(selectors: Selectors) -> None:
    made = site_file.with_selectors(SOURCE, selectors)
    before, after = site_of(SOURCE), site_of(made)
    assert after.selectors == selectors
    assert (after.name, after.home, after.title, after.timezone) == (
        before.name,
        before.home,
        before.title,
        before.timezone,
    )
    assert is_formatted(made)
    assert made.splitlines()[0] == SOURCE.splitlines()[0]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (site_file.with_selectors(SOURCE, LONG), "declares selectors already"),
        (SOURCE.replace("site = Site(", "site = make("), "does not declare its site"),
    ],
)
def test_a_file_that_says_it_another_way_is_left_alone(source: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "hespress.py"
    file.write_text(source, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        site_file.write_selectors(file, LONG)
    assert file.read_text(encoding="utf-8") == source


def test_the_way_to_the_body_becomes_a_short_selector() -> None:
    template = Template(
        pages=9,
        names=frozenset(),
        inner=frozenset(),
        container="div.#page.site > div > article.#post-0.post > div.clearfix.entry-content.[data-x=0]",
        furniture=frozenset({"div.post-bottom > span", "p", "ul.share.[role=main]"}),
    )
    assert site_file.selectors_of(template) == Selectors(
        body="article.post div.clearfix.entry-content",
        drop="div.clearfix.entry-content div.post-bottom span, div.clearfix.entry-content ul.share[role=main]",
    )


def test_a_body_without_a_name_gives_no_selector() -> None:
    assert (
        site_file.selectors_of(Template(pages=9, names=frozenset(), inner=frozenset(), container="div.a > div > div"))
        is None
    )


def saved(folder: Path) -> Path:
    from crawler.extract import extract

    each = capture(1)
    article = extract(each, Site("example", "https://news.example/")).article
    assert article is not None
    saved_sample.save(folder, "example", each, article)
    return folder / "expected.json"


def test_an_expected_article_is_renewed_where_it_differs_and_only_there(tmp_path: Path) -> None:
    expected = saved(tmp_path)
    before = expected.read_bytes()
    assert saved_sample.renew(tmp_path, Site("example", "https://news.example/")).changed == {}
    assert expected.read_bytes() == before
    record = json.loads(before)
    title = record["article"]["title"]
    record["article"]["title"] = "عنوان آخر"
    expected.write_text(json.dumps(record), encoding="utf-8")
    renewed = saved_sample.renew(tmp_path, Site("example", "https://news.example/"))
    assert renewed.changed == {"title": ("عنوان آخر", title)}
    assert expected.read_bytes() == before


def test_a_page_that_gives_no_article_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    expected = saved(tmp_path)
    before = expected.read_bytes()
    with pytest.raises(UsageError, match="no article any more"):
        saved_sample.renew(tmp_path, Site("example", "https://news.example/", selectors=Selectors(drop="body *")))
    assert expected.read_bytes() == before
    (tmp_path / "page.html").unlink()
    with pytest.raises(UsageError, match="no saved page"):
        saved_sample.renew(tmp_path, Site("example", "https://news.example/"))


@pytest.mark.slow
def test_what_a_crawl_taught_is_written_into_the_site_file_and_reads_as_before(
    server: DemoServer, tmp_path: Path
) -> None:
    env = {"WARRAQ_SPIDERS": "outlets"}
    private = ("--allow-host", "127.0.0.1")
    assert warraq("add", f"{server.url}/", "--folder", "outlets", "--name", "marfa", *private, cwd=tmp_path).code == 0
    assert warraq("crawl", "marfa", "--max-articles", "8", "--delay", "0", *private, cwd=tmp_path, **env).code == 0
    # `add` read the page before the zone was guessed.
    assert warraq("check", "marfa", "--update", cwd=tmp_path, **env).code == 0
    wrote = warraq("sites", "marfa", "--profile", "--write", cwd=tmp_path, **env)
    assert wrote.code == 0, wrote.err
    source = (tmp_path / "outlets/marfa.py").read_text(encoding="utf-8")
    assert site_of(source).selectors.body
    assert is_formatted(source)
    renewed = warraq("check", "marfa", "--update", "--json", cwd=tmp_path, **env)
    assert renewed.code == 0, renewed.err
    assert [each["changed"] for each in renewed.json["sites"]] == [{}]
    again = warraq("sites", "marfa", "--profile", "--write", cwd=tmp_path, **env)
    assert (again.code, "declares selectors already" in again.err) == (2, True)
