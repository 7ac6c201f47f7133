"""Rendering for sites that need a browser (Site.browser): the spider gets pages after their scripts have run.

A page is fetched like any other. Only an HTML page with status 200 is rendered: an error page is not tried again with
scripts.
"""

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from crawler.html.decode import decode
from crawler.http.browser import RENDERED, Browser, PagePart, require_browser, steering
from crawler.http.crawl_stats import stats_of
from crawler.http.refusals import Refused
from crawler.site import Site, site_host
from storage.records import Reason

log = logging.getLogger(__name__)
KINDS = frozenset({"article", "part", "listing", "backlog"})  # feeds, sitemaps and APIs need no browser


class RenderingMiddleware:
    """Downloader middleware; farther from the downloader than those of decoding, redirects and retries."""

    def __init__(self, crawler: Crawler, site: Site) -> None:
        self._crawler = crawler
        self._site = site
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._browser = Browser(
            crawler,
            program=require_browser(site.name),
            user_agent=crawler.settings["USER_AGENT"],
            timezone=site.timezone,
            timeout_s=crawler.settings.getfloat("WARRAQ_BROWSER_TIMEOUT_S"),
        )
        crawler.signals.connect(self._browser.close, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor. Raises NotConfigured if the site needs no browser, UsageError if none is installed."""
        site = getattr(crawler.spidercls, "site", None)
        if not isinstance(site, Site) or not site.browser:
            raise NotConfigured
        return cls(crawler, site)

    def process_request(self, request: Request) -> None:
        """Remove the validators: if scripts load the text, an unchanged page does not mean an unchanged text."""
        if request.meta.get("kind") in KINDS:
            request.meta.pop("validators", None)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The rendered page, in UTF-8, with the header RENDERED.

        Raises DownloadTimeoutError for a page that never becomes idle, Refused for one that exceeds the size limit.
        """
        if request.meta.get("kind") not in KINDS or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        sent = decode(response.body, content_type).text
        html = (await self._browser.render(response.url, sent, steering(response.headers), self._part)).encode()
        if len(html) > self._limit:
            message = f"{ascii(request.url)[:200]}: as rendered it passes the size limit"
            raise Refused(message, Reason.TOO_LARGE, retry=False)
        stats_of(self._crawler).inc_value("warraq/rendered")
        headers = response.headers.copy()
        for name in (b"Content-Length", b"Content-Encoding", b"ETag", b"Last-Modified"):
            headers.pop(name, None)  # these describe the page as sent
        headers[b"Content-Type"] = b"text/html; charset=utf-8"
        headers[RENDERED.encode()] = self._browser.version.encode()
        return response.replace(body=html, headers=headers, encoding="utf-8")

    async def _part(self, wanted: Request) -> PagePart | None:
        """Send a script's request by the rules of the crawl; None if it is not allowed or fails."""
        engine = self._crawler.engine
        if engine is None or not self._is_ours(wanted.url):
            return None
        request = wanted.replace(callback=NO_CALLBACK, dont_filter=True, meta={"kind": "part"})
        try:
            response = await engine.download_async(request)
        except Exception as error:  # refused, or any network error: the page is rendered without it
            stats_of(self._crawler).inc_value("warraq/parts_missed")
            log.debug("%s: a part of the page is missing: %s", ascii(wanted.url)[:200], error)
            return None
        named = {
            name.decode("latin-1").lower(): b", ".join(v).decode("latin-1") for name, v in response.headers.items()
        }
        return PagePart(response.status, named, response.body)

    def _is_ours(self, url: str) -> bool:
        """Whether the URL is on the site's host, a subdomain, or a host that the site declares for its scripts."""
        try:
            host = site_host(url)
        except ValueError:
            return False
        hosts = (self._site.host, *self._site.browser_hosts)
        return urlsplit(url).scheme in ("http", "https") and any(host == h or host.endswith(f".{h}") for h in hosts)
