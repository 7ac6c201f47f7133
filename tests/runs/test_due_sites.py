"""`crawl --due`, `pause` and `resume`: which sites a crawl leaves out, and what is told of them."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.hostile import Server
from tests.support.newspapers.small_site import GOOD
from tests.support.running import Ran, warraq

SITE = """from crawler.platforms import CategorySpider
from crawler.site import Site


class Spider(CategorySpider):
    site = Site({name!r}, {url!r}, delay_s=0.0, timezone="Asia/Riyadh")
"""


@pytest.fixture
def run(tmp_path: Path) -> "Runner":
    return Runner(tmp_path)


class Runner:
    """`warraq` in a folder that declares the sites "one" and "two"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "spiders").mkdir()

    def declare(self, name: str, server: Server) -> None:
        (self.folder / f"spiders/{name}.py").write_text(SITE.format(name=name, url=server.url()))

    def __call__(self, *arguments: str) -> Ran:
        return warraq(*arguments, cwd=self.folder, WARRAQ_SPIDERS=str(self.folder / "spiders"))

    def crawl(self, *arguments: str) -> Ran:
        return self("crawl", *arguments, "--allow-host", "127.0.0.1", "--quiet")

    def site(self, name: str) -> dict[str, object]:
        listed = self("sites", "--mine", "--json").json["sites"]
        return next(dict(each) for each in listed if each["name"] == name)

    def make_due(self, name: str) -> None:
        with sqlite3.connect(self.folder / "archive/warraq.db") as connection:
            connection.execute("update schedules set next_at = '2026-01-01 00:00:00.000000' where site = ?", (name,))
        connection.close()


def test_only_sites_that_are_due_are_crawled_and_nothing_due_is_told_with_0(run: Runner):
    with Server(dict(GOOD)) as one, Server(dict(GOOD)) as two:
        run.declare("one", one)
        run.declare("two", two)
        assert run.site("one")["next_due"] is None
        assert run.crawl("--mine", "--due").code == 0
        asked = len(one.exchanges)
        assert asked
        known = run.site("one")
        assert (known["interval_minutes"], known["paused"], known["groups"]) == (60, False, [])
        again = run.crawl("--mine", "--due")
        assert (again.code, len(one.exchanges)) == (0, asked)
        assert again.out.startswith("nothing is due; next is ")
        assert run.crawl("--mine", "--due", "--json").json["not_due"] == 2
        run.make_due("one")
        assert run.crawl("--mine", "--due", "--json").json["sites"][0]["site"] == "one"
        assert len(one.exchanges) > asked
        assert run.site("one")["next_due"] is not None


@pytest.mark.slow
def test_a_paused_site_is_asked_for_nothing_however_it_is_named_until_it_is_resumed(run: Runner):
    with Server(dict(GOOD)) as one, Server(dict(GOOD)) as two:
        run.declare("one", one)
        run.declare("two", two)
        missing = run("pause", "one")
        assert (missing.code, "there is no archive" in missing.err) == (2, True)
        assert run.crawl("two").code == 0
        assert run("pause", "one", "--until", "2099-12-01").code == 0
        listed = run.site("one")
        assert (listed["paused"], listed["paused_until"]) == (True, "2099-11-30T21:00:00+00:00"), "its own midnight"
        for arguments in (("--mine",), ("--mine", "--due"), ("one",), ("one", "two"), (one.url("/c/a/"),)):
            ran = run.crawl(*arguments)
            assert ran.code == 0, ran.err
            assert "paused since" in ran.out
            assert "`warraq resume`" in ran.out
        assert not one.exchanges
        assert run("resume", "one").code == 0
        assert run.crawl("one", "--json").json["new"] == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pause", "onne"), "Did you mean one"),
        (("resume", "onne"), "Did you mean one"),
        (("pause", "one", "--until", "2020-01-01"), "has come already"),
        (("pause", "one", "--until", "tomorrow"), "is no day"),
    ],
)
def test_a_wrong_pause_is_one_line_and_2_and_pauses_nothing(run: Runner, arguments: tuple[str, ...], message: str):
    with Server(dict(GOOD)) as one:
        run.declare("one", one)
        run.crawl("one", "--max-articles", "1")
        ran = run(*arguments)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert message in ran.err
        assert run.site("one")["paused"] is False


def test_a_crawl_of_a_part_of_a_site_says_nothing_of_its_schedule(run: Runner):
    with Server(dict(GOOD)) as one:
        run.declare("one", one)
        run.crawl("one", "--max-articles", "1")
        run.crawl(one.url("/c/a/"))
        assert run.site("one")["next_due"] is None
