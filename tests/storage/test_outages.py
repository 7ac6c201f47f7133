"""Where an outage begins: how many failures of one run say more of the site than of its articles."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.records import Article, Capture, Reason
from storage.revisits import is_outage

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"


@pytest.mark.parametrize(
    ("answered", "failed", "outage"), [(0, 4, False), (0, 5, True), (4, 5, True), (5, 5, False), (5, 6, True)]
)
def test_five_failures_that_outnumber_the_answers_are_an_outage(answered: int, failed: int, outage: bool) -> None:
    assert is_outage(answered, failed, any_answer=True) == outage


@pytest.mark.parametrize(("failed", "outage"), [(4, False), (5, True)])
def test_an_archive_takes_five_missing_pages_of_five_for_an_outage(tmp_path: Path, failed: int, outage: bool) -> None:
    urls = [f"{HOME}/news/{number}" for number in range(failed)]
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        for hours, status in ((0, 200), (1, 404)):
            at = NOW + timedelta(hours=hours)
            run_id = archive.start_run("example", now=at)
            home = Capture(f"{HOME}/", "example", at, 200, (), str(at).encode())
            archive.save(home, archive.append(home, run_id), run_id=run_id, kind="listing", now=at)
            for url in urls:
                page = Capture(url, "example", at, status, (), f"{url} {status}".encode())
                read = Article(url, "example", "عنوان", f"نص {url}", extractor="t 1") if status == 200 else None
                reason = None if read else Reason.NOT_FOUND
                position = archive.append(page, run_id)
                archive.save(page, position, run_id=run_id, kind="article", article=read, reason=reason, now=at)
            settled = archive.settle(run_id, now=at)
            archive.finish_run(run_id, status="done", now=at, requests=failed + 1)
        assert settled.outage == outage
