"""Payloads that other versions read, and queues that PostgreSQL can announce."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fleet.crawl_order import VERSION, CrawlOrder, NewerPayload, newer_queue, order_of, queue_of

ORDER = CrawlOrder("marfa", datetime(2026, 11, 28, 6, 30, tzinfo=UTC))
GROUPS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True), max_size=9, unique=True)


def test_a_payload_gives_back_its_order_and_passes_over_what_it_does_not_know() -> None:
    assert order_of(ORDER.payload()) == ORDER
    assert order_of(ORDER.payload() | {"priority": "high"}) == ORDER


def test_a_payload_of_a_newer_version_is_refused_before_it_is_read() -> None:
    with pytest.raises(NewerPayload) as raised:
        order_of({"version": VERSION + 1, "place": "marfa"})
    assert raised.value.version == VERSION + 1
    assert newer_queue("crawl1:gulf", 2) == "crawl2:gulf"


@given(GROUPS)
def test_a_queue_fits_into_a_channel_and_does_not_hang_on_the_order_of_groups(groups: list[str]) -> None:
    queue = queue_of(groups)
    assert len(f"procrastinate_queue_v1#{queue}".encode()) <= 63
    assert queue_of(reversed(groups)) == queue
    assert (queue == "crawl1") == (not groups)
