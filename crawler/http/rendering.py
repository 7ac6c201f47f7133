"""For sites that only a browser can read (Site.browser): their pages come to the spider as a browser shows them.

The page is fetched like any other, and only an HTML page that answered with 200 is rendered: what refuses is not
tried a second time with scripts.
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
KINDS = frozenset({"article", "listing", "backlog"})  # what people look at; feeds, sitemaps and APIs need no browser


class RenderingMiddleware:
    """Downloader middleware. Place it farther from the downloader than what decodes, redirects and retries."""

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
        """None for sites that need no browser. Raises UsageError where one is needed and missing."""
        site = getattr(crawler.spidercls, "site", None)
        if not isinstance(site, Site) or not site.browser:
            raise NotConfigured
        return cls(crawler, site)

    def process_request(self, request: Request) -> None:
        """Ask for the page anew each time: where scripts bring the text, an unchanged page says nothing of it."""
        if request.meta.get("kind") in KINDS:
            request.meta.pop("validators", None)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The page as rendered, in UTF-8, with a header that says so.

        Raises DownloadTimeoutError for one that does not come to rest, Refused for one that grows too large.
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
            headers.pop(name, None)  # these tell of what was sent
        headers[b"Content-Type"] = b"text/html; charset=utf-8"
        headers[RENDERED.encode()] = self._browser.version.encode()
        return response.replace(body=html, headers=headers, encoding="utf-8")

    async def _part(self, asked: Request) -> PagePart | None:
        """What a script asked for, fetched by the rules of the crawl; None where it may not be had."""
        engine = self._crawler.engine
        if engine is None or not self._is_ours(asked.url):
            return None
        request = asked.replace(callback=NO_CALLBACK, dont_filter=True, meta={"kind": "part"})
        try:
            response = await engine.download_async(request)
        except Exception as error:  # refused, or whatever a network can do: for the page it is as if it were not there
            stats_of(self._crawler).inc_value("warraq/parts_missed")
            log.debug("%s: a part of the page is missing: %s", ascii(asked.url)[:200], error)
            return None
        named = {
            name.decode("latin-1").lower(): b", ".join(v).decode("latin-1") for name, v in response.headers.items()
        }
        return PagePart(response.status, named, response.body)

    def _is_ours(self, url: str) -> bool:
        """On the site's host, one below it, or one that the site declares for its scripts."""
        try:
            host = site_host(url)
        except ValueError:
            return False
        hosts = (self._site.host, *self._site.browser_hosts)
        return urlsplit(url).scheme in ("http", "https") and any(host == h or host.endswith(f".{h}") for h in hosts)
