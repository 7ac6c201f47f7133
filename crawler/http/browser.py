"""A browser without network access: Chromium runs a page's scripts, and the crawl's downloader sends their requests.

The page itself is fetched like any other. As the downloader sends them, the scripts' requests are subject to
robots.txt, address checks, size limits, the delay and the user agent, too. The browser itself has no resolver, and a
proxy address at which nothing listens.
"""

import asyncio
import logging
import os
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError

from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

log = logging.getLogger(__name__)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RENDERED = "Warraq-Rendered"  # header of a rendered page in the archive
NO_BROWSER = message(
    "{site} needs a browser (browser=True): pip install 'warraq[browser]', and Chromium (apt-get install chromium), "
    "or name its program in WARRAQ_BROWSER"
)
MOST_PARTS = 30  # requests of one page that are answered; no more, so that a page that polls becomes idle
MOST_KEPT = 32 * 1024 * 1024  # bytes of scripts cached in a run: the pages of a site load the same ones
_KINDS = frozenset({"script", "xhr", "fetch"})  # these load text; pictures, fonts and styles do not
_METHODS = frozenset({"GET", "HEAD", "POST"})  # POST: GraphQL queries
_SENT = ("accept", "content-type", "x-requested-with")
_NOT_HANDED_ON = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
_CLOSING_S = 5.0
_REST_S = 0.5
_NOWHERE = "127.0.0.1:1"  # tcpmux: no proxy listens there
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    f"--proxy-server=http://{_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",  # loopback also goes to the proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--js-flags=--max-old-space-size=512",  # MB; a page of text needs less
)


@dataclass(frozen=True, slots=True)
class PagePart:
    """An answer to a script's request. headers: names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


_STAY = PagePart(204, {}, b"")  # RFC 9110 §15.3.5: the browser stays on its page
Answer = Callable[[Request], Awaitable[PagePart | None]]  # None: not allowed, or failed


def find_browser() -> str | None:
    """Path of the program: WARRAQ_BROWSER, else the first that is installed; None without it, or without the extra."""
    try:
        import scrapy_playwright  # noqa: F401, PLC0415 - an extra
    except ImportError:
        return None
    named = os.environ.get("WARRAQ_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, PROGRAMS)), None)


def require_browser(site: str) -> str:
    """Path of the program. Raises UsageError, which says what to install."""
    program = find_browser()
    if program is None:
        raise UsageError(message(NO_BROWSER, site=site))
    return program


class Browser:
    """Chromium for one run, started with the first page. One page at a time, each in a context of its own.

    timeout_s: for one page with everything that it loads.
    """

    def __init__(self, crawler: Crawler, *, program: str, user_agent: str, timezone: str, timeout_s: float) -> None:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # noqa: PLC0415 - an extra

        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to run as root
        launch = {"executable_path": program, "args": list(_ARGUMENTS), "chromium_sandbox": not root}
        self._handler.config = replace(self._handler.config, launch_options=launch, target_closed_max_retries=0)
        self._context = {
            "user_agent": user_agent,
            "locale": "ar",
            "timezone_id": timezone,
            "service_workers": "block",
            "accept_downloads": False,
            "permissions": [],
        }
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()
        self._pages = 0
        self._kept: dict[str, PagePart] = {}

    @property
    def version(self) -> str:
        """Name and version, once a page was rendered."""
        return f"Chromium {self._handler.browser.version}"

    async def render(self, url: str, html: str, headers: dict[str, str], answer: Answer) -> str:
        """The page as HTML after its scripts ran.

        html: as the server sent it. headers: its headers that control scripts. Raises DownloadTimeoutError for a page
        that never becomes idle, or when the browser fails.
        """
        async with self._turn:
            view = _PageView(url, html, headers, answer, self._kept)
            try:
                return await asyncio.wait_for(self._show(view), self._timeout_s)
            except Exception as error:
                why = str(error).partition("\n")[0] or f"not at rest after {self._timeout_s:g} s"
                raise DownloadTimeoutError(f"the browser could not render {ascii(url)[:200]}: {why}") from None
            finally:
                await self._leave(view)

    async def _show(self, view: "_PageView") -> str:
        from scrapy_playwright.page import PageMethod  # noqa: PLC0415 - an extra

        self._pages += 1
        request = Request(
            view.url,
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_context": f"page {self._pages}",
                "playwright_context_kwargs": self._context,
                "playwright_page_init_callback": view.begin,
                "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": self._timeout_s * 1000},
                "playwright_page_methods": [PageMethod(view.rest)],
            },
        )
        response = await self._handler.download_request(request)
        html: str = response.text
        return html

    async def _leave(self, view: "_PageView") -> None:
        """Close the page; if that hangs, close the browser, which the next page starts again."""
        if view.page is None:
            return
        try:
            await asyncio.wait_for(view.page.context.close(), _CLOSING_S)
        except Exception:
            with suppress(Exception):
                await asyncio.wait_for(self._handler.browser.close(), _CLOSING_S)

    async def close(self) -> None:
        """End the program."""
        with suppress(Exception):
            await asyncio.wait_for(self._handler.close(), 2 * _CLOSING_S)


class _PageView:
    """One page in the browser, and the responses to its requests. page: None until it is open."""

    def __init__(self, url: str, html: str, headers: dict[str, str], answer: Answer, kept: dict[str, PagePart]) -> None:
        self.url = url
        self.page: Page | None = None
        self._document = PagePart(200, {**headers, "content-type": "text/html; charset=utf-8"}, html.encode())
        self._answer = answer
        self._kept = kept
        self._parts = 0
        self._under_way = 0
        self._answered_at = 0.0  # of the event loop's clock
        self._shown = False

    async def begin(self, page: "Page", request: Request) -> None:
        """Intercept every request of the page. Called before the first one."""
        self.page = page
        await page.route("**", self._route)
        await page.route_web_socket("**", lambda socket: socket.close())

    async def rest(self, page: "Page") -> None:
        """Wait until no request has been answered for a while. Refused requests don't count: some pages repeat them."""
        clock = asyncio.get_running_loop().time
        self._answered_at = max(self._answered_at, clock())
        while self._under_way or clock() < self._answered_at + _REST_S:
            await asyncio.sleep(_REST_S / 5)

    async def _route(self, route: "Route") -> None:
        self._under_way += 1
        try:
            part = await self._part(route)
        except Exception as error:  # a malformed URL or a closed page: one part is missing
            log.debug("%s: a part of the page failed: %s", ascii(self.url)[:200], error)
            part = None
        finally:
            self._under_way -= 1
        if part is not None:
            self._answered_at = asyncio.get_running_loop().time()
        # The page may be closed while an answer is on its way.
        with suppress(Exception):
            if part is None:
                await route.abort("blockedbyclient")
            else:
                await route.fulfill(status=part.status, headers=part.headers, body=part.body)

    async def _part(self, route: "Route") -> PagePart | None:
        wanted = route.request
        if wanted.is_navigation_request():
            # The document itself, once. Navigations by scripts, and frames, are not followed.
            first, self._shown = not self._shown, True
            return self._document if first else _STAY
        if wanted.resource_type not in _KINDS or wanted.method not in _METHODS:
            return None
        is_script = wanted.resource_type == "script" and wanted.method == "GET"
        if is_script and wanted.url in self._kept:
            return self._kept[wanted.url]
        self._parts += 1
        if self._parts > MOST_PARTS:
            return None
        headers = {name: value for name, value in wanted.headers.items() if name in _SENT}
        part = await self._answer(
            Request(wanted.url, method=wanted.method, headers=headers, body=wanted.post_data_buffer or b"")
        )
        if part is None:
            return None
        part = replace(part, headers={n: v for n, v in part.headers.items() if n not in _NOT_HANDED_ON})
        if is_script and part.status == 200 and sum(len(each.body) for each in self._kept.values()) < MOST_KEPT:
            self._kept[wanted.url] = part
        return part


def steering(headers: Any) -> dict[str, str]:
    """The headers of a Scrapy response that control the page's scripts."""
    policy = headers.get(b"Content-Security-Policy")
    return {"content-security-policy": policy.decode("latin-1")} if policy else {}
