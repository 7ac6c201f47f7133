"""Long work leaves the event loop to others between its slices, and gives what it gives in one go."""

import asyncio
from collections.abc import Generator
from datetime import UTC, datetime

import pytest

from crawler.channels.entries import ListRules
from crawler.channels.sitemaps import Sitemap, read_sitemap, sitemap_in_slices
from crawler.platforms.endpoint_walk import MOST_EDITED, Selection
from crawler.platforms.walks import slices
from crawler.platforms.walks.slices import in_slices

HOME = "https://example.com/"
NOW = datetime(2026, 5, 7, tzinfo=UTC)
RULES = ListRules(lambda url: url.startswith(HOME), NOW)
PAGES = "".join(f"<url><loc>{HOME}news/{n}</loc><lastmod>2026-05-0{n % 6 + 1}</lastmod></url>" for n in range(3000))
XML = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{PAGES}</urlset>'.encode()
TEXT = "\n".join(f"{HOME}news/{n}" for n in range(3000)).encode()


@pytest.mark.parametrize("body", [XML, TEXT])
def test_a_sitemap_is_read_in_slices_and_others_get_their_turn(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async def read() -> Sitemap | None:
        counting = asyncio.ensure_future(count())
        try:
            return await in_slices(sitemap_in_slices(body, f"{HOME}sitemap.xml", RULES))
        finally:
            counting.cancel()

    sitemap = asyncio.run(read())
    assert sitemap == read_sitemap(body, f"{HOME}sitemap.xml", RULES)
    assert sitemap is not None
    assert len(sitemap.entries) == 3000
    assert turns >= 2999


def test_work_that_raises_raises() -> None:
    def broken() -> Generator[None, None, int]:
        yield
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(in_slices(broken()))


def test_the_selections_of_slices_are_one_in_their_order() -> None:
    one = Selection((), ("a",), {f"e{n}": NOW for n in range(MOST_EDITED)}, ("p",), (), 2)
    two = Selection((), ("b", "c"), {"more": NOW}, (), ("q",), 3)
    merged = Selection.of_slices([one, two])
    assert (merged.unknown, merged.postponed, merged.protected, merged.out_of_span) == (
        ("a", "b", "c"),
        ("p",),
        ("q",),
        5,
    )
    assert merged.edited == one.edited
    assert Selection.of_slices([]) == Selection((), (), {})
