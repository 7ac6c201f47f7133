"""Conditional requests: sends the validators of the last capture, and passes a 304 to the spider."""

import re
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

_SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,1022}[\x21-\x7e])?")


class ConditionalMiddleware:
    """Adds If-None-Match and If-Modified-Since (RFC 9110 §13) from `request.meta["validators"]`.

    These are (etag, last_modified), each as the server sent it, or None. With validators, the callback must handle
    status 304.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set the headers. A validator that is no valid header value is left out."""
        checks = getattr(self._crawler.spider, "validator_checks", None)
        if checks is not None and checks.is_false(request.url):  # found false after the request was created
            return
        etag, last_modified = request.meta.get("validators") or (None, None)
        for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)):
            # They came from a server: line breaks, non-ASCII and over-long values are not sent back.
            if value is not None and _SENDABLE.fullmatch(value):
                request.headers[name] = value
                # For Scrapy the request's list replaces the spider's.
                handled = request.meta.get("handle_httpstatus_list") or self._handled()
                request.meta["handle_httpstatus_list"] = [*handled, *({304} - set(handled))]

    def _handled(self) -> list[int]:
        return list(getattr(self._crawler.spider, "handle_httpstatus_list", ()))
