"""Record of each channel's part in a run: its endpoints' state, and how many articles it listed first or missed."""

from collections.abc import Sequence
from datetime import datetime

from crawler.platforms.multi_channel import MultiChannelSpider
from storage.archive import Archive
from storage.records import Channel


def record_channels(archive: Archive, run_id: int, spider: MultiChannelSpider, now: datetime) -> None:
    """Save the endpoints that the run requested, and count the articles that each channel listed first or missed."""
    frontier = archive.frontier(spider.site.name, lambda: now)
    frontier.record_endpoints(spider.endpoints_requested())
    read_back_to: dict[Channel, datetime | None] = {}
    for channel, reaches in spider.reaches().items():
        if reaches:
            ends = [None if reach.ended else reach.oldest or frontier.oldest(reach.last) or now for reach in reaches]
            read_back_to[channel] = channel_end(channel, ends)
    for channel, share in frontier.shares(run_id, read_back_to).items():
        count = spider.statistics.channel(channel)
        count.first, count.missed = share.first, share.missed


def channel_end(channel: Channel, ends: Sequence[datetime | None]) -> datetime | None:
    """The instant back to which a channel was read; None: it was read completely.

    ends: the same instant for each list of the channel, at least one. A single API or sitemap may list all articles, so
    the list that was read furthest back decides. Each feed and each category has articles of its own, so the list that
    was read least far decides, apart from those that were read completely.
    """
    known = [end for end in ends if end is not None]
    if channel in ("rest", "sitemap"):
        return min(known) if len(known) == len(ends) else None
    return max(known, default=None)
