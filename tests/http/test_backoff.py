"""How long a host that names no time is left in peace before a page is requested again."""

from tests.support.hostile import Server, crawl, page

BACKOFF_S = 0.3


def test_the_second_retry_waits_four_times_as_long_as_the_first() -> None:
    with Server({"/": page("", 503)}) as server:
        done = crawl([server.url()], allow=[server.address], settings={"WARRAQ_BACKOFF_S": BACKOFF_S})
    first, second, third = (exchange.at for exchange in server.hits("/"))
    assert second - first >= BACKOFF_S * 0.95
    assert third - second >= 4 * BACKOFF_S * 0.95
    # The third failure has no retry, but holds the host for sixteen times as long.
    assert float(done.stats["warraq/wait_s"]) == (1 + 4 + 16) * BACKOFF_S


def test_a_wait_is_never_longer_than_the_longest_that_is_allowed() -> None:
    settings = {"WARRAQ_BACKOFF_S": BACKOFF_S, "WARRAQ_MAX_WAIT_S": 2 * BACKOFF_S}
    with Server({"/": page("", 503)}) as server:
        done = crawl([server.url()], allow=[server.address], settings=settings)
    assert float(done.stats["warraq/wait_s"]) == (1 + 2 + 2) * BACKOFF_S
