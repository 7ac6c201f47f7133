"""Conversion of Scrapy's responses to captures, and the day in a URL's path."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy.http import Headers, Response, TextResponse

from storage.records import Capture
from storage.urls import clean_url

_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def day_of(url: str) -> date | None:
    """The day in the URL's path, such as /2025/10/28/; None without one."""
    try:
        match = _DATED_PATH.search(urlsplit(url).path)
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def requested_url(response: Response) -> str:
    """The URL that was requested first, before redirects."""
    urls: list[str] = response.meta.get("redirect_urls", [response.url])
    return urls[0]


def content_type(response: Response) -> str:
    """The Content-Type header as sent; "" without one."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def root_of(response: Response) -> HtmlElement | None:
    """The page's HTML tree, parsed once per response; None for an error response, and for anything but HTML."""
    if response.status >= 400 or not isinstance(response, TextResponse) or not response.body.strip():
        return None
    root = response.selector.root
    return root if isinstance(root, HtmlElement) else None


def capture_of(response: Response, site: str, now: datetime) -> Capture:
    """The response as the archive stores it."""
    requested = requested_url(response)
    return Capture(
        url=clean_url(response.url),
        site=site,
        fetched_at=now,
        status=response.status,
        headers=_fields(response.headers),
        body=response.body,
        requested_url=None if requested == response.url else clean_url(requested),
        request_headers=_fields(response.request.headers) if response.request else None,
    )


def _fields(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
