"""Whether an answer means that an article is not there."""

from datetime import UTC, datetime

import pytest

from storage.records import Capture, Reason
from storage.revisits.absence import missed_as


@pytest.mark.parametrize(
    ("reason", "known", "missed"),
    [
        (Reason.EMPTY, {"is_list": True}, "listing"),
        (Reason.LOGIN, {"is_list": True}, None),
        (Reason.EMPTY, {"is_shared": True}, "elsewhere"),
        (Reason.PAYWALL, {"is_shared": True}, None),
        (Reason.CONSENT, {"is_shared": True}, None),
    ],
)
def test_what_the_crawl_knows_of_the_page_that_answered_says_what_it_means(
    reason: Reason, known: dict[str, bool], missed: str | None
) -> None:
    asked, led_to = "https://example.com/news/1", "https://example.com/oops"
    page = Capture(led_to, "example", datetime(2026, 5, 7, tzinfo=UTC), 200, (), b"", requested_url=asked)
    assert missed_as(page, reason, "https://example.com", **known) == missed
