"""A stated date after the fetch: a day is an error of the zone, more is no publication date."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال", timezone="Asia/Riyadh")
PROSE = "".join(
    f"<p>وقال المدير في اليوم رقم {number} إن الأعمال تسير وفق الخطة التي أعلنت في مطلع العام، ولا تأخير فيها.</p>"
    for number in range(4)
)


def published(stated: datetime) -> datetime | None:
    head = f'<meta property="article:published_time" content="{stated.isoformat()}">'
    body = f'<article><h1>افتتاح الجسر القديم بعد إصلاحه</h1><div class="entry-content">{PROSE}</div></article>'
    html = f'<html lang="ar"><head>{head}</head><body>{body}</body></html>'
    return extract(
        Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE
    ).article.published_at


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=14), timedelta(days=1)])
def test_a_date_up_to_a_day_after_the_fetch_is_taken(ahead: timedelta) -> None:
    assert published(NOW + ahead) == NOW + ahead


@pytest.mark.parametrize(
    "ahead", [timedelta(days=1, minutes=1), timedelta(days=2), timedelta(days=30), timedelta(days=400)]
)
def test_a_date_more_than_a_day_after_the_fetch_is_refused(ahead: timedelta) -> None:
    assert published(NOW + ahead) is None
