"""A redesign in the health of a site: most of a run's pages are of no known template, beside its own past."""

from typing import Any

from crawler.health.rules import design
from tests.support.rooms.health import run


def found(pages: int, unfit: int, relearned: int = 0) -> dict[str, Any]:
    return {"templates": {"pages": pages, "unfit": unfit, "relearned": relearned}}


def test_most_pages_of_no_known_design_are_a_redesign() -> None:
    (taught,) = design(run(0, found=found(9, 9, 8)), [])
    assert (taught.verdict, "9 of 9" in taught.why, "from 8 pages" in taught.why) == ("degraded", True, True)
    (alone,) = design(run(0, found=found(3, 3)), [])
    assert "crawl it again" in alone.remedy


def test_a_new_section_or_a_site_of_many_designs_is_none() -> None:
    assert not list(design(run(0, found=found(30, 9)), []))
    mixed = [run(day, found=found(20, 12)) for day in range(1, 9)]
    assert not list(design(run(0, found=found(5, 4)), mixed))
    assert not list(design(run(0), []))
