"""A crawl that is killed between WARC write and commit, F2, or within a record, F3: the next crawl ends the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from crawler.demo import TIMEZONE, DemoServer, Newspaper, serve
from storage.warc.faults import POINTS
from tests.support.faults.told_archives import told, verified
from tests.support.running import Ran, warraq

SITE = '''"""The sample newspaper."""

from crawler.platforms import CategorySpider
from crawler.site import Site


class Marfa(CategorySpider):
    site = Site("marfa", "{url}", timezone="{zone}", delay_s=0.0)
'''


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    now = datetime.now(UTC)
    with serve(Newspaper(now.astimezone(ZoneInfo(TIMEZONE)).date(), now=now)) as running:
        yield running


@pytest.fixture(scope="module")
def sites(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    (folder / "marfa.py").write_text(SITE.format(url=server.url, zone=TIMEZONE), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert crawl(folder, sites).code == 0
    return told(folder / "archive")


def crawl(folder: Path, sites: Path, **env: str) -> Ran:
    arguments = ("crawl", "marfa", "--allow-host", "127.0.0.1", "--json", "--quiet")
    return warraq(*arguments, cwd=folder, WARRAQ_SPIDERS=str(sites), **env)


def check(point: str, folder: Path, sites: Path, undisturbed: dict[str, Any]) -> None:
    killed = crawl(folder, sites, WARRAQ_FAULTS="1", WARRAQ_FAIL_AT=point)
    assert killed.code == 137, (killed.code, killed.err)
    left = verified(folder)
    assert ("torn" in left) == point.startswith("warc-middle")
    again = crawl(folder, sites)
    assert again.code == 0, again.err
    # Of a file whose very first record is torn nothing is whole: it is put aside as it is.
    said = "holds no whole record: put aside" if point == "warc-middle:1" else "torn record"
    assert (said in again.err) == point.startswith("warc-middle")
    assert "torn" not in verified(folder)
    assert told(folder / "archive") == undisturbed
    mended = warraq("repair", "--json", cwd=folder, WARRAQ_SPIDERS=str(sites))
    assert mended.code == 0, mended.out
    assert verified(folder) == {}
    assert told(folder / "archive") == undisturbed, "taking in what a killed crawl left over changes nothing"


@pytest.mark.parametrize("point", ["save-commit:41"])
@pytest.mark.slow
def test_f2_a_crawl_killed_at_a_named_point_ends_as_if_it_had_not_been(
    point: str, tmp_path: Path, sites: Path, undisturbed: dict[str, Any]
) -> None:
    check(point, tmp_path, sites, undisturbed)


# 50 in all: each point early, late and in between; the first passing is before there is any file or row.
NTH = (1, 2, 9, 24, 39, 52, 61)
BETWEEN = [f"{point}:{nth}" for point in POINTS if point != "warc-middle" for nth in NTH] + ["save-after:68"]


@pytest.mark.slow
@pytest.mark.parametrize("point", BETWEEN)
def test_f2_a_crawl_killed_anywhere_ends_as_if_it_had_not_been(
    point: str, tmp_path: Path, sites: Path, undisturbed: dict[str, Any]
) -> None:
    check(point, tmp_path, sites, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("nth", NTH)
def test_f3_a_record_that_a_kill_cut_is_kept_aside_and_other_programs_read_the_rest(
    nth: int, tmp_path: Path, sites: Path, undisturbed: dict[str, Any]
) -> None:
    check(f"warc-middle:{nth}", tmp_path, sites, undisturbed)
    warc = tmp_path / "archive" / "warc"
    assert len(list(warc.glob("*.torn-*"))) == 1
    total = 0
    for path in warc.glob("*.warc.gz"):
        with path.open("rb") as one, path.open("rb") as other:
            kinds = [record.rec_type for record in ArchiveIterator(one) if record.content_stream().read() is not None]
            fast = [record.reader.read() for record in FastIterator(other, parse_http=False)]
        # A file's first records are written together: where they were cut, its description alone is left of them.
        assert len(kinds) == len(fast) >= 1
        total += len(kinds)
    assert total > len(undisturbed["articles"])


@pytest.mark.slow
def test_f2_a_fail_point_does_nothing_unless_faults_are_asked_for(tmp_path: Path, sites: Path) -> None:
    assert crawl(tmp_path, sites, WARRAQ_FAIL_AT="warc-before").code == 0
