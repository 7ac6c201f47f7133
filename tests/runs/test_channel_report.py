"""How far back a channel was read, from how far back each of its lists was read."""

from datetime import UTC, datetime

import pytest

from crawler.runs.channel_report import channel_end
from storage.records import Channel

OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("channel", ["rest", "sitemap"])
def test_one_api_or_sitemap_may_list_everything_so_the_furthest_counts(channel: Channel):
    assert channel_end(channel, [NEW, OLD]) == OLD
    assert channel_end(channel, [NEW, None]) is None


@pytest.mark.parametrize("channel", ["feed", "categories"])
def test_each_feed_and_category_has_articles_of_its_own_so_the_nearest_counts(channel: Channel):
    assert channel_end(channel, [OLD, NEW]) == NEW
    assert channel_end(channel, [None, OLD]) == OLD
    assert channel_end(channel, [None, None]) is None
