"""A response as the archive keeps it, and what its address says: whose it is, and of which day."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from scrapy.http import Headers, Response

from crawler.site import site_host
from storage.records import Capture
from storage.urls import clean_url

_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def day_of(url: str) -> date | None:
    """The day that stands in the URL's path, such as /2025/10/28/; None when there is none."""
    try:
        found = _DATED_PATH.search(urlsplit(url).path)
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def host_of(url: str) -> str:
    """The URL's host as `Site.host` has it: lower-case, international names in their "xn--" form, no "www."."""
    try:
        return site_host(url)
    except ValueError:
        return ""


def asked_url(response: Response) -> str:
    """The URL first asked for, before redirects."""
    urls: list[str] = response.meta.get("redirect_urls", [response.url])
    return urls[0]


def capture_of(response: Response, site: str, now: datetime) -> Capture:
    """The response as the archive keeps it."""
    asked = asked_url(response)
    return Capture(
        url=clean_url(response.url),
        site=site,
        fetched_at=now,
        status=response.status,
        headers=_fields(response.headers),
        body=response.body,
        requested_url=None if asked == response.url else clean_url(asked),
        request_headers=_fields(response.request.headers) if response.request else None,
    )


def _fields(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
