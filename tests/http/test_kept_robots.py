"""robots.txt files of earlier runs: how long they are believed, and what is never kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.http.robots import BELIEVED_FOR
from crawler.http.robots.kept import KeptRobots
from tests.support.hostile import Server, page
from tests.support.running import warraq

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN, RULES = "https://news.example", b"User-agent: *\nDisallow: /a\n\xff\n"


def test_an_answer_is_believed_for_eight_hours_and_by_no_other_origin(tmp_path: Path) -> None:
    kept = KeptRobots(tmp_path / "robots")
    assert kept.body(ORIGIN, now=NOW) is None
    kept.keep(ORIGIN, RULES, now=NOW)
    assert kept.body(ORIGIN, now=NOW) == RULES
    assert kept.body(ORIGIN, now=NOW + BELIEVED_FOR - timedelta(seconds=1)) == RULES
    assert kept.body(ORIGIN, now=NOW + BELIEVED_FOR) is None
    assert kept.body("http://news.example", now=NOW) is None
    assert timedelta(0) < BELIEVED_FOR <= timedelta(hours=24), "RFC 9309, 2.4"


def test_one_that_a_clock_dated_into_the_future_is_not_believed(tmp_path: Path) -> None:
    kept = KeptRobots(tmp_path)
    kept.keep(ORIGIN, RULES, now=NOW + timedelta(days=1))
    assert kept.body(ORIGIN, now=NOW) is None


DAMAGE = [b"", b"\n", b"https://news.example\n", b"https://news.example 2026\nx", b"\xff \n"]
OF_ANOTHER = f"https://other.example {NOW.isoformat()}\nUser-agent: *\n".encode()


@pytest.mark.parametrize("damage", [*DAMAGE, OF_ANOTHER])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    kept = KeptRobots(tmp_path)
    kept.keep(ORIGIN, RULES, now=NOW)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert kept.body(ORIGIN, now=NOW) is None


def test_a_disk_that_refuses_stops_no_crawl(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    KeptRobots(tmp_path / "file").keep(ORIGIN, RULES, now=NOW)


@pytest.mark.slow
@pytest.mark.parametrize(("status", "asked"), [(200, 1), (404, 1), (503, 6)])
def test_the_next_crawl_asks_again_only_where_it_could_not_be_read(tmp_path: Path, status: int, asked: int) -> None:
    with Server({"/robots.txt": page("User-agent: *\nDisallow: /private\n", status)}) as server:
        for _ in range(2):
            warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--quiet", cwd=tmp_path)
        assert server.paths().count("/robots.txt") == asked
        assert len(server.paths()) > asked or status == 503, "three attempts each"


def test_a_probe_keeps_nothing(tmp_path: Path) -> None:
    with Server({"/robots.txt": page("")}) as server:
        warraq("probe", server.url(), "--allow-host", "127.0.0.1", cwd=tmp_path)
        assert "/robots.txt" in server.paths()
    assert list(tmp_path.iterdir()) == []
