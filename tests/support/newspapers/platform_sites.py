"""A small newspaper with a choice of channels, over real HTTP on loopback, with a log of requests."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests.support.newspapers.platform_stories import FILE, PAGE, Paper, Story
from tests.support.running import Ran, warraq

Answer = tuple[int, str, bytes, dict[str, str]]  # status, type, body, other headers
HTML = "text/html; charset=utf-8"


class PaperServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, paper: Paper) -> None:
        super().__init__(("", 0), _Handler)
        self.paper = paper
        self.requests: list[tuple[str, int]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self, start: int = 0) -> list[str]:
        return [target for target, _status in self.requests[start:]]

    def named(self, channel: str) -> list[Story]:
        return [story for story in self.paper.stories if channel not in story.hidden_from]


@contextmanager
def serve(paper: Paper) -> Iterator[PaperServer]:
    server = PaperServer(paper)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def declare(folder: Path, server: PaperServer, platform: str, *, declared: str = "", lines: str = "") -> Path:
    """A private folder that declares the newspaper as "paper".

    declared: further arguments of its Site. lines: code after the declaration.
    """
    private = folder / "private"
    private.mkdir(exist_ok=True)
    (private / "paper.py").write_text(
        f"from crawler.platforms import {platform}\nfrom crawler.site import Site\n\n\n"
        f'class Paper({platform}):\n    site = Site("paper", "{server.url}/", delay_s=0.0{declared})\n\n\n{lines}',
        encoding="utf-8",
    )
    return private


def crawl(
    folder: Path, server: PaperServer, platform: str, *arguments: str, declared: str = "", lines: str = ""
) -> Ran:
    """Declare the newspaper and crawl it, from the command line."""
    private = declare(folder, server, platform, declared=declared, lines=lines)
    ran = warraq(
        *("crawl", "paper", "--allow-host", "127.0.0.1", "--json", "--quiet", *arguments),
        cwd=folder,
        WARRAQ_SPIDERS=str(private),
    )
    assert "Traceback" not in ran.err, ran.err
    return ran


def archived(folder: Path) -> list[int]:
    """The numbers of the archived stories, each as often as it was archived."""
    ran = warraq("export", "-", cwd=folder)
    assert ran.code == 0, ran.err
    return sorted(int(json.loads(line)["url"].rstrip("/").rpartition("/")[2]) for line in ran.out.splitlines())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PaperServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        channel = _channel_of(parts.path)
        status = self.server.paper.status.get(channel, 200)
        if channel in ("rest", "feed", "sitemap", "categories") and channel not in self.server.paper.channels:
            status = 404
        headers: dict[str, str] = {}
        kind, body = HTML, b"<html><body><h1>no</h1></body></html>"
        if status == 200:
            answer = self._answer(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})
            status, kind, body, headers = answer
        if status == 200:
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            headers["ETag"] = etag
            if self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
        self.server.requests.append((self.path, status))
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def _answer(self, path: str, query: dict[str, str]) -> Answer:
        if path in self.server.paper.extra:
            kind, body = self.server.paper.extra[path]
            return 200, kind, body, {}
        for start, answer in ROUTES.items():
            if path == start or (start.endswith("*") and path.startswith(start[:-1])):
                return answer(self.server, path, query)
        return 404, HTML, b"<html><body><h1>404</h1></body></html>", {}


def _channel_of(path: str) -> str:
    for start, channel in (("/wp-json", "rest"), ("/feed", "feed"), ("/category", "categories")):
        if path.startswith(start):
            return channel
    return "sitemap" if "sitemap" in path else path


def _robots(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    line = f"Sitemap: {server.url}/sitemap_index.xml\n" if "sitemap" in server.paper.channels else ""
    return 200, "text/plain", f"User-agent: *\nDisallow: /private/\n\n{line}".encode(), {}


def _home(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    paper, base = server.paper, server.url
    head = ""
    if "rest" in paper.channels:
        head += f'<link rel="https://api.w.org/" href="{base}/wp-json/">'
    if "feed" in paper.channels:
        head += f'<link rel="alternate" type="application/rss+xml" title="الخلاصة" href="{base}/feed/">'
        head += (
            f'<link rel="alternate" type="application/rss+xml" title="خلاصة التعليقات" href="{base}/comments/feed/">'
        )
    if paper.wordpress:
        head += '<link rel="stylesheet" href="/wp-content/themes/plain/style.css">'
    menu = ""
    if "categories" in paper.channels:
        for name, title in (("local", "محليات"), ("world", "العالم"), ("sport", "رياضة")):
            menu += f'<li class="menu-item-object-category"><a href="{base}/category/{name}/">{title}</a></li>'
    body = f"<html><head><title>الصحيفة</title>{head}</head><body><nav><ul>{menu}</ul></nav><p>أهلا</p></body></html>"
    return 200, HTML, body.encode(), {}


def _posts(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    stories = server.named("rest")
    for name, test in (
        ("modified_after", lambda story, when: story.changed > when),
        ("after", lambda story, when: story.published > when),
        ("before", lambda story, when: story.published < when),
    ):
        if name in query:
            when = datetime.fromisoformat(query[name])
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            stories = [story for story in stories if test(story, when)]
    size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
    pages = -(-len(stories) // size)
    headers = {"X-WP-Total": str(len(stories)), "X-WP-TotalPages": str(pages)}
    if page > max(pages, 1):
        return 400, "application/json", b'{"code":"rest_post_invalid_page_number"}', headers
    shown = [
        {
            "id": story.number,
            "link": server.url + story.path,
            "date_gmt": f"{story.published:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{story.changed:%Y-%m-%dT%H:%M:%S}",
            "content": {"protected": story.protected},
        }
        for story in stories[(page - 1) * size : page * size]
    ]
    return 200, "application/json", json.dumps(shown).encode(), headers


def _feed(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    page = int(query.get("paged", "1"))
    shown = server.named("feed")[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return 404, "application/rss+xml", b"<rss><channel></channel></rss>", {}
    items = "".join(
        f"<item><title>{story.title}</title><link>{server.url}{story.path}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{server.url}/?p={story.number}</guid>'
        f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
        for story in shown
    )
    made = "<generator>https://wordpress.org/?v=6.8</generator>" if server.paper.wordpress else ""
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{made}{items}</channel></rss>'
    return 200, "application/rss+xml", body.encode(), {}


def _files(server: PaperServer) -> list[list[Story]]:
    """Fill sitemap files as plug-ins do: the oldest stories in the first file."""
    oldest_first = server.named("sitemap")[::-1]
    return [oldest_first[start : start + FILE] for start in range(0, len(oldest_first), FILE)]


def _index(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    files = "".join(
        f"<sitemap><loc>{server.url}/post-sitemap{number}.xml.gz</loc>"
        f"<lastmod>{max(story.changed for story in held).isoformat()}</lastmod></sitemap>"
        for number, held in enumerate(_files(server), 1)
    )
    loop = f"<sitemap><loc>{server.url}/sitemap_index.xml</loc></sitemap>"
    other = f"<sitemap><loc>{server.url}/category-sitemap.xml</loc></sitemap>"
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    body = f'<?xml version="1.0"?><sitemapindex {names}>{loop}{files}{other}</sitemapindex>'
    return 200, "application/xml", body.encode(), {}


def _urlset(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    number = int(path.removeprefix("/post-sitemap").removesuffix(".xml.gz"))
    entries = "".join(
        f"<url><loc>{server.url}{story.path}</loc><lastmod>{story.changed.isoformat()}</lastmod></url>"
        for story in _files(server)[number - 1]
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return 200, "application/gzip", gzip.compress(body.encode(), mtime=0), {}


def _category(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    pieces = path.strip("/").split("/")
    name, page = pieces[1], int(pieces[3]) if len(pieces) > 3 else 1
    inside = [story for story in server.named("categories") if story.section == name]
    shown = inside[(page - 1) * PAGE : page * PAGE]
    cards = "".join(
        f'<article class="card"><h2 class="entry-title"><a href="{story.path}">{story.title}</a></h2></article>'
        for story in shown
    )
    more = page * PAGE < len(inside)
    pager = f'<a class="next" href="/category/{name}/page/{page + 1}/">التالي</a>' if more else ""
    body = f'<html><body><main>{cards}<div class="pagination">{pager}</div></main></body></html>'
    return 200 if shown else 404, HTML, body.encode(), {}


def _article(server: PaperServer, path: str, query: dict[str, str]) -> Answer:
    story = next((story for story in server.paper.stories if story.path == path), None)
    if story is None:
        return 404, HTML, b"<html><body><h1>404</h1></body></html>", {}
    url = server.url + story.path
    if story.protected:
        body = '<form class="post-password-form" method="post"><input name="post_password" type="password"></form>'
    else:
        body = "".join(
            f"<p>قال مدير المشروع في الطبعة {story.edition} إن الأعمال في الموقع رقم {story.number} تسير وفق الخطة، "
            f"وإن المرحلة {part} ستنجز قبل نهاية العام، بعد أن وفرت الجهات المعنية ما يلزم من مواد وعمال.</p>"
            for part in ("الأولى", "الثانية", "الثالثة")
        )
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "url": url,
    }
    page = (
        f'<html lang="ar"><head><title>{story.title}</title><link rel="canonical" href="{url}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f'<body><article><h1 class="entry-title">{story.title}</h1><div class="entry-content">{body}</div></article>'
        "</body></html>"
    )
    return 200, HTML, page.encode(), {}


# Path, or what it begins with, to what answers.
ROUTES = {
    "/robots.txt": _robots,
    "/": _home,
    "/wp-json/wp/v2/posts": _posts,
    "/feed/": _feed,
    "/sitemap_index.xml": _index,
    "/post-sitemap*": _urlset,
    "/category/*": _category,
    "/archives/*": _article,
}
