"""Every host has a site of its own, and a name that two sites would have is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry.site_names import name_of
from crawler.site import Site
from tests.support.hostile import Server, page
from tests.support.newspapers.small_site import GOOD, listing
from tests.support.running import warraq

LONG = "a-rather-long-name-of-a-newspaper-in-a-very-small-country." * 2
ALIKE = [
    ("https://al-rased.example", "https://al.rased.example"),
    ("https://a-b.example", "https://a--b.example"),
    ("https://a.b.example", "https://a_b.example"),
    (f"https://{LONG}one.example", f"https://{LONG}two.example"),
    ("https://a.example:81", "https://a.example:82"),
    ("http://[::1]:81", "http://[::1:81]"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_hosts_that_look_alike_have_names_of_their_own(one: str, other: str) -> None:
    assert name_of(one, {}) != name_of(other, {})


labels = st.text("ab-_", min_size=1, max_size=4)
hosts = st.lists(labels, min_size=1, max_size=30).map(".".join)


@given(hosts, hosts)
def test_no_two_hosts_share_a_name(one: str, other: str) -> None:
    names = [name_of(f"https://{host}/", {}) for host in (one, other)]
    assert (names[0] == names[1]) == (one == other)
    for name in names:
        Site(name, "https://example.com")  # or it raises


def test_what_an_archive_has_keeps_its_name_and_nobody_else_gets_it() -> None:
    taken = {"al_rased_example": "https://al-rased.example/", "b_example": "https://other.example/"}
    assert name_of("https://al-rased.example/", {}) == "al__rased_example"
    assert name_of("https://www.al-rased.example/", taken) == "al_rased_example"
    assert name_of("https://al.rased.example/", taken) not in taken
    assert name_of("https://b.example/", taken) not in taken


def _declare(folder: Path, name: str, url: str, file: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{file or name}.py").write_text(
        '"""A paper."""\n\nfrom crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n'
        f'class Paper(CategorySpider):\n    site = Site("{name}", "{url}", delay_s=0.0)\n'
    )


def test_a_declared_name_that_is_used_twice_is_told_and_crawls_neither_by_chance(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    _declare(mine, "hespress", "https://other.example")
    _declare(mine, "paper", "https://one.example")
    _declare(mine, "paper", "https://two.example", file="paper_again")
    env = {"WARRAQ_SPIDERS": str(mine)}
    listed = warraq("sites", cwd=tmp_path, **env)
    assert "its site is called 'hespress', as is that of spiders/hespress.py" in listed.err
    assert "its site is called 'paper', as is that of" in listed.err
    ran = warraq("crawl", "hespress", cwd=tmp_path, **env)
    assert (ran.code, "hespress.py" in ran.err) == (2, True)


@pytest.mark.slow
def test_a_name_that_meets_another_s_is_told_by_the_crawl(tmp_path: Path) -> None:
    options = ("--allow-host", "127.0.0.1", "--delay", "0", "--json")
    with Server(dict(GOOD)) as server, Server({"/": listing([1]), "/n/1/": page("<p>x</p>")}) as other:
        own = name_of(server.url(), {})
        _declare(tmp_path / "mine", own, other.url())
        env = {"WARRAQ_SPIDERS": str(tmp_path / "mine")}
        ran = warraq("crawl", server.url(), *options, cwd=tmp_path, **env)
        assert ran.json["sites"][0]["site"].startswith(f"{own}_")
        assert f"as {own} is {other.url()}" in ran.err
        assert len(ran.err.splitlines()) == 1
        ran = warraq("crawl", server.url(), *options, cwd=tmp_path)  # no longer declared: it stays what it was
        assert ran.json["sites"][0]["site"].startswith(own)
        _declare(tmp_path / "mine", "paper", server.url())
        warraq("crawl", "paper", *options, cwd=tmp_path, **env)
        _declare(tmp_path / "mine", "paper", other.url())
        ran = warraq("crawl", "paper", *options, cwd=tmp_path, **env)
        assert f"paper is {other.url()} now, and was {server.url()}" in ran.err
