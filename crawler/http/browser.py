"""A browser without a network: Chromium runs the scripts of a page, and everything that they ask for passes the crawl.

The page's own bytes were fetched as any other page's. What its scripts ask for is answered by the crawl's downloader,
so that robots.txt, addresses, limits of size, the delay and the honest name hold for it too; whatever else the browser
may want to reach, it finds no resolver and a proxy that nobody listens at.
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

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

log = logging.getLogger(__name__)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RENDERED = "Warraq-Rendered"  # the header that says so, in what is kept
MISSING = (
    "{site} needs a browser (browser=True): pip install 'warraq[browser]', and Chromium (apt-get install chromium), "
    "or name its program in WARRAQ_BROWSER"
)
MOST_PARTS = 30  # of one page: scripts and what they load; then nothing more is answered, and a page that polls is idle
MOST_KEPT = 32 * 1024 * 1024  # bytes of scripts that one run keeps, as every page of a site asks for the same
_KINDS = frozenset({"script", "xhr", "fetch"})  # the text comes by these; pictures, fonts and styles bring none
_METHODS = frozenset({"GET", "HEAD", "POST"})  # POST: questions to GraphQL
_SENT = ("accept", "content-type", "x-requested-with")
_NOT_HANDED_ON = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
_CLOSING_S = 5.0
_REST_S = 0.5
_NOWHERE = "127.0.0.1:1"  # tcpmux: no proxy listens there
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    f"--proxy-server=http://{_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",  # loopback, too, goes to the proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--js-flags=--max-old-space-size=512",  # MB; a page that wants more is no page of text
)


@dataclass(frozen=True, slots=True)
class PagePart:
    """An answer to what a script asked for. headers: names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


_STAY = PagePart(204, {}, b"")  # RFC 9110 §15.3.5: the browser stays on the page that it has
Answer = Callable[[Request], Awaitable[PagePart | None]]  # None: it may not be had


def find_browser() -> str | None:
    """The program: WARRAQ_BROWSER, else the first that is installed; None without one, or without the extra."""
    try:
        import scrapy_playwright  # noqa: F401, PLC0415 - an extra
    except ImportError:
        return None
    named = os.environ.get("WARRAQ_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, PROGRAMS)), None)


def require_browser(site: str) -> str:
    """The program. Raises UsageError, which says what to install."""
    program = find_browser()
    if program is None:
        raise UsageError(MISSING.format(site=site))
    return program


class Browser:
    """Chromium for one run, started with the first page; one page at a time, each a stranger to the others.

    timeout_s: for one page, with all that it loads.
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
        """The page as its scripts leave it, as HTML.

        html: what the server sent. headers: those of it that steer scripts. Raises DownloadTimeoutError for a page
        that does not come to rest, or whose browser broke.
        """
        async with self._turn:
            view = _PageView(url, html, headers, answer, self._kept)
            try:
                return await asyncio.wait_for(self._show(view), self._timeout_s)
            except Exception as error:
                told = str(error).partition("\n")[0] or f"not at rest after {self._timeout_s:g} s"
                raise DownloadTimeoutError(f"the browser could not render {ascii(url)[:200]}: {told}") from None
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
        """Close the page; where it hangs, the whole browser, which the next page starts anew."""
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
    """One page in the browser: what answers its requests. page: None until it is open."""

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
        """Take every request of the page in hand, before the first is made."""
        self.page = page
        await page.route("**", self._route)
        await page.route_web_socket("**", lambda socket: socket.close())

    async def rest(self, page: "Page") -> None:
        """Wait until nothing was answered for a while. What is refused does not count: some pages ask without end."""
        clock = asyncio.get_running_loop().time
        self._answered_at = max(self._answered_at, clock())
        while self._under_way or clock() < self._answered_at + _REST_S:
            await asyncio.sleep(_REST_S / 5)

    async def _route(self, route: "Route") -> None:
        self._under_way += 1
        try:
            part = await self._part(route)
        except Exception as error:  # an address that is none, a page that is closed: one part is missing
            log.debug("%s: a part of the page failed: %s", ascii(self.url)[:200], error)
            part = None
        finally:
            self._under_way -= 1
        if part is not None:
            self._answered_at = asyncio.get_running_loop().time()
        # A page that is closed while an answer is on its way wants it no more.
        with suppress(Exception):
            if part is None:
                await route.abort("blockedbyclient")
            else:
                await route.fulfill(status=part.status, headers=part.headers, body=part.body)

    async def _part(self, route: "Route") -> PagePart | None:
        asked = route.request
        if asked.is_navigation_request():
            # The document itself, once: scripts that lead elsewhere, and frames, are not followed.
            first, self._shown = not self._shown, True
            return self._document if first else _STAY
        if asked.resource_type not in _KINDS or asked.method not in _METHODS:
            return None
        is_script = asked.resource_type == "script" and asked.method == "GET"
        if is_script and asked.url in self._kept:
            return self._kept[asked.url]
        self._parts += 1
        if self._parts > MOST_PARTS:
            return None
        headers = {name: value for name, value in asked.headers.items() if name in _SENT}
        part = await self._answer(
            Request(asked.url, method=asked.method, headers=headers, body=asked.post_data_buffer or b"")
        )
        if part is None:
            return None
        part = replace(part, headers={n: v for n, v in part.headers.items() if n not in _NOT_HANDED_ON})
        if is_script and part.status == 200 and sum(len(each.body) for each in self._kept.values()) < MOST_KEPT:
            self._kept[asked.url] = part
        return part


def steering(headers: Any) -> dict[str, str]:
    """Of a response's headers (scrapy's), those that say what its scripts may do."""
    policy = headers.get(b"Content-Security-Policy")
    return {"content-security-policy": policy.decode("latin-1")} if policy else {}
