"""What one save costs: statements of the database, and computations of a key."""

import sys
from collections import Counter
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import event

from storage.archive import Archive
from storage.records import Found
from tests.support.archives import NOW, article, capture, save


@pytest.mark.parametrize("dated", [True, False])
def test_one_save_takes_few_statements(archive: Archive, dated: bool) -> None:
    run_id = archive.start_run("example", now=NOW)
    discoveries = [Found(f"https://example.com/{number}", "article") for number in range(50)]
    date: dict[str, Any] = {"published_at": NOW, "published_precision": "second"} if dated else {}
    second = article("https://example.com/2", "نص الخبر الثاني", section="س", **date)
    save(archive, run_id, capture(), article(section="س", **date), found=discoveries)
    statements: list[str] = []
    event.listen(archive.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    save(archive, run_id, capture("https://example.com/2"), second, found=discoveries)
    new, statements[:] = list(statements), []
    save(archive, run_id, capture("https://example.com/2", minutes=1), replace(second, section=None), found=discoveries)
    # The logs of changes stand for the search index and for copies, which take them in later and in batches.
    logs = ("INTO changes", "INTO copy_changes")
    ours = [each for each in new if not any(log in each for log in logs) and not each.lower().startswith("begin")]
    # Two of them are look-ups by key: was the address taken down, and are these bytes kept already? A third is for
    # articles whose page shows no date: does a channel state one?
    asked = [each for each in ours if "sightings" in each]
    assert len(asked) == (0 if dated else 1)
    assert len(ours) - len(asked) <= 11, ours
    again = [each for each in statements if not each.lower().startswith("begin") and "sightings" not in each]
    assert len(again) <= 11, statements


def test_a_save_computes_each_url_key_once(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    links = [Found(f"https://example.com/{number}", "article") for number in range(20)]
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        counts[frame.f_code.co_name] += event == "call"

    sys.setprofile(count)
    try:
        save(archive, run_id, capture(), article(), found=links)
    finally:
        sys.setprofile(None)
    assert counts["url_key"] == 3 + len(links), (
        "of the capture when it is appended and saved, of its article, of each link"
    )
    assert (counts["payload_digest"], counts["among"]) == (1, 2)
