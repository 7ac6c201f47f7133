"""Outlets that publish by a given clock, all served by one forward proxy; some of them fail.

A healthy outlet has a feed of thirty entries, a news sitemap and twelve sections of ten articles a page.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import urlsplit

Conduct = Literal["healthy", "hanging", "failing", "trapped", "blocked", "redesigned"]
MISCONDUCT: tuple[Conduct, ...] = ("hanging", "failing", "trapped", "blocked", "redesigned")
EPOCH = datetime(2026, 11, 1, tzinfo=UTC)  # the first article of every outlet
REDESIGN = EPOCH + timedelta(hours=14)  # from then on the outlets that are redesigned have other markup
SECTIONS, IN_FEED, ON_PAGE = 12, 30, 10
_SUBJECTS = (
    "الميزانية",
    "المدارس",
    "الطرق",
    "المستشفيات",
    "الزراعة",
    "المياه",
    "الكهرباء",
    "الموانئ",
    "السياحة",
    "النقل",
    "السكن",
)
_TOWNS = ("شمال البلاد", "جنوب البلاد", "العاصمة", "الساحل", "الجبل", "الوادي", "الجزيرة", "الواحة", "الهضبة")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. a_day: articles published per day, at equal intervals. trap: links of its sections never end."""

    name: str
    conduct: Conduct = "healthy"
    a_day: int = 60

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    def published(self, number: int) -> datetime:
        return EPOCH + number * timedelta(days=1) / self.a_day

    def newest(self, at: datetime) -> int:
        """The number of the last article published by that time; numbers start at 0."""
        return int((at - EPOCH) / (timedelta(days=1) / self.a_day))


def fleet(count: int, *, a_day: int = 60) -> list[Outlet]:
    """Make so many outlets; every third one fails, in each of the five ways in turn."""
    return [Outlet(f"outlet_{n:03}", MISCONDUCT[n // 3 % 5] if n % 3 == 2 else "healthy", a_day) for n in range(count)]


class FleetServer(ThreadingHTTPServer):
    """The proxy.

    at: the time by which the outlets publish. requests: (host, target, status, time.monotonic()). clients: the host and
    the client's port of each request. hang_s: how long a hanging outlet keeps a client waiting before it closes the
    connection without an answer.
    """

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, outlets: Sequence[Outlet], at: datetime, hang_s: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.outlets = {outlet.host: outlet for outlet in outlets}
        self.at = at
        self.hang_s = hang_s
        self.requests: list[tuple[str, str, int, float]] = []
        self.clients: list[tuple[str, int]] = []

    @property
    def environment(self) -> dict[str, str]:
        return {"http_proxy": f"http://127.0.0.1:{self.server_port}"}

    def asked(self, outlet: Outlet, start: int = 0) -> Counter[str]:
        """How often each target of the outlet was requested, from the request with index `start` on."""
        return Counter(target for host, target, _status, _at in self.requests[start:] if host == outlet.host)

    def interleaved(self) -> int:
        """How often two crawls used a host at once: one client requested it, then another, then the first again."""
        ports: dict[str, list[int]] = {}
        for host, port in self.clients:
            if not ports.setdefault(host, []) or ports[host][-1] != port:
                ports[host].append(port)
        return sum(len(each) - len(set(each)) for each in ports.values())

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that hung up


@contextmanager
def serve_fleet(outlets: Sequence[Outlet], at: datetime, *, hang_s: float = 8.0) -> Iterator[FleetServer]:
    server = FleetServer(outlets, at, hang_s)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FleetServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        outlet = self.server.outlets.get(parts.hostname or "")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        arrived = time.monotonic()
        self.server.clients.append((parts.hostname or "", self.client_address[1]))
        status, kind, body = _answer(outlet, target, self.server.at) if outlet else (404, "text/html", "")
        if outlet and outlet.conduct == "hanging" and target != "/robots.txt":
            self.server.requests.append((outlet.host, target, 0, arrived))
            time.sleep(self.server.hang_s)
            self.close_connection = True
            return
        content = body.encode()
        etag = f'"{sha256(content).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, content = 304, b""
        self.server.requests.append((parts.hostname or "", target, status, arrived))
        self.send_response(status)
        self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


Page = tuple[int, str, str]  # status, type, body


def _answer(outlet: Outlet, target: str, at: datetime) -> Page:
    if outlet.conduct == "failing":
        return 500, "text/html", "<html><body>خطأ</body></html>"
    if target == "/robots.txt":
        return 200, "text/plain", "User-agent: *\nDisallow: /private/\n"
    if outlet.conduct == "blocked":
        return 403, "text/html", _BLOCKED
    return _page_at(outlet, target, at)


def _page_at(outlet: Outlet, target: str, at: datetime) -> Page:
    newest = outlet.newest(at)
    path, _, query = target.partition("?")
    name = path.strip("/")
    page: Page = (404, "text/html", "<html><body>404</body></html>")
    match name.split("/"):
        case ["feed"]:
            page = (200, "application/rss+xml", _feed(outlet, newest))
        case ["news-sitemap.xml"]:
            page = (200, "application/xml", _news_sitemap(outlet, newest))
        case ["section", number]:
            page = (200, "text/html", _section(outlet, int(number), int(query.removeprefix("page=") or 1), newest))
        case ["news", number] if number.isdigit() and int(number) <= newest:
            redesigned = outlet.conduct == "redesigned" and at >= REDESIGN
            page = (200, "text/html", (_redesigned_page if redesigned else article_page)(outlet, int(number)))
        case ["news", _] if outlet.conduct == "trapped":
            page = (200, "text/html", _page("صفحة", "<p>لا شيء هنا</p>"))
        case [""]:
            page = (200, "text/html", _page(outlet.name, _cards(outlet, range(newest, max(-1, newest - 10), -1))))
    return page


_BLOCKED = (
    "<html><head><title>Just a moment...</title></head><body><form id='challenge-form' "
    "action='/cdn-cgi/challenge-platform/x'></form>Checking your browser before accessing</body></html>"
)


def url_of(outlet: Outlet, number: int | str) -> str:
    return f"http://{outlet.host}/news/{number}"


def headline(outlet: Outlet, number: int) -> str:
    serial = int(outlet.name[-3:])
    subject, town = _SUBJECTS[(number + serial) % 11], _TOWNS[(number * 5 + serial) % 9]
    return f"{subject} في {town}: قرار جديد رقم {number} يدخل حيز التنفيذ قريبا"


def paragraphs(outlet: Outlet, number: int) -> list[str]:
    about = headline(outlet, number)
    return [
        f"قالت مصادر رسمية يوم الأحد إن {about}، وإن التفاصيل ستعلن في مؤتمر صحفي يعقد في وقت لاحق من هذا الأسبوع.",
        f"وأضافت المصادر أن اللجنة رقم {number * 7 % 991} ستقدم تقريرها النهائي قبل نهاية الشهر، وأن الملف من أولوياتها.",
        f"ويأتي ذلك بعد {number % 50 + 2} أسبوعا من النقاش بين الجهات المعنية والبلديات حول مواعيد التنفيذ وكلفته.",
    ]


def article_page(outlet: Outlet, number: int) -> str:
    record: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline(outlet, number),
        "datePublished": outlet.published(number).isoformat(),
    }
    head = f'<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script>'
    head += f'<link rel="canonical" href="{url_of(outlet, number)}">'
    body = "".join(f"<p>{text}</p>" for text in paragraphs(outlet, number))
    title = headline(outlet, number)
    return _page(title, f'<article><h1>{title}</h1><div class="body">{body}</div></article>', head)


def _redesigned_page(outlet: Outlet, number: int) -> str:
    """The same article in the markup of another system: no JSON-LD, and no class name of the earlier page."""
    title, published = headline(outlet, number), outlet.published(number)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(outlet, number))
    head = f'<meta property="article:published_time" content="{published.isoformat()}">'
    main = f'<h1 class="story-head">{title}</h1><time datetime="{published.isoformat()}">{published:%Y-%m-%d}</time>'
    return _page(
        title, f'<div class="wrap"><div class="story">{main}<section class="copy">{text}</section></div></div>', head
    )


def _page(title: str, main: str, head: str = "") -> str:
    menu = "".join(f'<a href="/section/{n}/">قسم {n}</a>' for n in range(SECTIONS))
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><title>{title}</title>{head}</head>'
        f"<body><header><nav>{menu}</nav></header><main>{main}</main></body></html>"
    )


def _cards(outlet: Outlet, numbers: Sequence[int]) -> str:
    return "".join(f'<div class="card"><h3><a href="/news/{n}">{headline(outlet, n)}</a></h3></div>' for n in numbers)


def _section(outlet: Outlet, section: int, page: int, newest: int) -> str:
    numbers = [n for n in range(newest, -1, -1) if n % SECTIONS == section]
    shown = numbers[(page - 1) * ON_PAGE : page * ON_PAGE]
    more = len(numbers) > page * ON_PAGE
    cards = _cards(outlet, shown)
    if outlet.conduct == "trapped":  # every page has links that nobody has seen, and a next page
        first = 10_000_000 * (section + 1) + page * ON_PAGE
        cards, more = _cards(outlet, range(first, first + ON_PAGE)), True
    after = f'<div class="pagination"><a href="/section/{section}/?page={page + 1}">التالي</a></div>' if more else ""
    return _page(f"قسم {section}", f'<div class="list">{cards}</div>{after}')


def _feed(outlet: Outlet, newest: int) -> str:
    entries = "".join(
        f"<item><title>{headline(outlet, n)}</title><link>{url_of(outlet, n)}</link>"
        f"<pubDate>{outlet.published(n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for n in range(newest, max(-1, newest - IN_FEED), -1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>{entries}</channel></rss>'


def _news_sitemap(outlet: Outlet, newest: int) -> str:
    first = max(0, newest - 2 * outlet.a_day)
    entries = "".join(
        f"<url><loc>{url_of(outlet, n)}</loc><news:news><news:publication_date>{outlet.published(n).isoformat()}"
        f"</news:publication_date><news:title>{headline(outlet, n)}</news:title></news:news></url>"
        for n in range(newest, first, -1)
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {spaces}>{entries}</urlset>'
