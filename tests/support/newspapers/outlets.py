"""Small newspapers built from the declarations in spiders/, served under their own names by a forward proxy.

Every endpoint that a site declares (feed, sitemap, API, category) lists articles that no other endpoint lists, so that
the archived articles show which endpoints were found and read. https is real: the test's certificate authority signs
for all names, and the crawl trusts it through SSL_CERT_FILE.
"""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.platforms import CategorySpider, FeedSpider, MultiChannelSpider, SitemapSpider, WordPressSpider
from crawler.platforms.base import SiteSpider

NOW = datetime.now(UTC).replace(microsecond=0)
EACH = 3  # articles behind each door
_TOPICS = ("الميزانية", "المدارس", "الطرق", "المستشفيات", "الزراعة", "المياه", "الكهرباء", "الموانئ", "السياحة")
_CITIES = ("شمال البلاد", "جنوب البلاد", "العاصمة", "الساحل", "الجبل", "الوادي", "الجزيرة", "الواحة")
_WORDPRESS = '<link rel="stylesheet" href="/wp-content/themes/x/style.css">'


@dataclass(frozen=True)
class Item:
    """One article of a small newspaper."""

    url: str
    title: str
    published: datetime

    @property
    def text(self) -> list[str]:
        about = self.title
        return [
            f"قالت مصادر رسمية يوم الأحد إن {about}، وإن التفاصيل ستعلن في مؤتمر صحفي يعقد في وقت لاحق من هذا الأسبوع.",
            f"وأضافت المصادر أن اللجنة المكلفة بمتابعة الملف ستقدم تقريرها النهائي قبل نهاية الشهر، وأن {about} من أولوياتها.",
            "ويأتي ذلك بعد أسابيع من النقاش بين الجهات المعنية والبلديات حول مواعيد التنفيذ وكلفته والجهات التي تشرف عليه.",
        ]


@dataclass
class Paper:
    """The small newspaper of one site: its pages by URL, and the articles that a crawl must find."""

    spider: type[SiteSpider]
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)  # URL to content type and body
    items: list[Item] = field(default_factory=list)

    def more(self, endpoint: str) -> list[Item]:
        """Add articles for one endpoint alone, and return them."""
        made = []
        for _ in range(EACH):
            number = len(self.items) + 1
            when = NOW - timedelta(hours=number)
            title = f"{_TOPICS[number % 9]} في {_CITIES[number % 8]}: قرار جديد رقم {number} يدخل حيز التنفيذ قريبا"
            path = quote(f"/{when:%Y/%m/%d}/قرار-جديد-{number}/") if self.is_wordpress else f"/news/{70_000 + number}"
            item = Item(urljoin(self.spider.site.home, path), title, when)
            self.items.append(item)
            made.append(item)
            self.pages[item.url] = ("text/html", self._article(item, endpoint))
        return made

    @property
    def is_wordpress(self) -> bool:
        return issubclass(self.spider, WordPressSpider)

    def _article(self, item: Item, endpoint: str) -> str:
        record = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": item.title,
            "datePublished": item.published.isoformat(),
            "author": {"@type": "Person", "name": "مراسل الصحيفة"},
            "articleSection": endpoint,
        }
        body = "".join(f"<p>{paragraph}</p>" for paragraph in item.text)
        return self._page(
            f'<article class="post hentry"><h1 class="entry-title post-title">{item.title}</h1>'
            f'<div class="entry-content entry">{body}</div></article>',
            f'<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script>'
            f'<meta property="og:type" content="article"><link rel="canonical" href="{item.url}">',
            "single single-post",
        )

    def _page(self, main: str, head: str = "", classes: str = "") -> str:
        menu = "".join(f'<li><a href="{escape(path)}">{name}</a></li>' for path, name in self.menu())
        wordpress = _WORDPRESS if self.is_wordpress else ""
        title = self.spider.site.title
        return (
            f'<!doctype html><html lang="ar" dir="rtl"><head><title>{title}</title>{wordpress}{head}</head>'
            f'<body class="{classes}"><header><nav><ul>{menu}</ul></nav></header><main>{main}</main></body></html>'
        )

    def menu(self) -> list[tuple[str, str]]:
        """Path and name of each category in the menu."""
        paths = self.spider.site.categories or ("/category/local/",)
        return [(path, f"قسم {number}") for number, path in enumerate(paths, start=1)]

    def add(self, url: str, kind: str, body: str) -> None:
        self.pages[urljoin(self.spider.site.home, url)] = (kind, body)

    def listing(self, items: list[Item]) -> str:
        """A category page whose cards match some selector of every theme, but not all selectors of any."""
        cards = "".join(
            f'<li class="post-item"><article class="post hentry item-list p-wrap td_module_1 listing"><h2 class="post-title entry-title title">'
            f'<a href="{item.url}">{item.title}</a></h2></article></li>'
            for item in items
        )
        return self._page(f'<ul id="posts-container" class="posts-items">{cards}</ul>', classes="archive category")


def build(spider: type[SiteSpider]) -> Paper:
    """Build the newspaper of a declaration. A WordPress site without categories has an open API."""
    paper, site = Paper(spider), spider.site
    uses_feeds = issubclass(spider, FeedSpider) or (
        issubclass(spider, MultiChannelSpider) and not issubclass(spider, SitemapSpider)
    )
    home_feed = ""
    if issubclass(spider, WordPressSpider) and not site.categories and not site.feeds:
        paper.add("/wp-json/wp/v2/posts", "application/json", _posts(paper.more("rest")))
        home_feed = f'<link rel="https://api.w.org/" href="{urljoin(site.home, "/wp-json/")}">'
    for url in site.feeds if uses_feeds else ():
        paper.add(url, "application/rss+xml", _rss(paper.more("feed")))
    for url in site.sitemaps:
        paper.add(url, "application/xml", _sitemap(paper.more("sitemap")))
    if issubclass(spider, CategorySpider) and not issubclass(spider, FeedSpider | SitemapSpider):
        declared = bool(site.feeds or site.sitemaps or home_feed)
        if "categories" in (site.channels or ("categories",)) and (site.categories or not declared):
            for path, _name in paper.menu():
                paper.add(path, "text/html", paper.listing(paper.more("categories")))
    paper.add(site.home, "text/html", paper._page("<p>أهلا</p>", home_feed, "home"))
    return paper


def _posts(items: list[Item]) -> str:
    return json.dumps(
        [
            {
                "id": number,
                "link": item.url,
                "date_gmt": f"{item.published:%Y-%m-%dT%H:%M:%S}",
                "modified_gmt": f"{item.published:%Y-%m-%dT%H:%M:%S}",
                "content": {"rendered": "", "protected": False},
            }
            for number, item in enumerate(items, start=1)
        ]
    )


def _rss(items: list[Item]) -> str:
    entries = "".join(
        f"<item><title>{item.title}</title><link>{escape(item.url)}</link>"
        f"<pubDate>{item.published:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>{entries}</channel></rss>'


def _sitemap(items: list[Item]) -> str:
    entries = "".join(
        f"<url><loc>{escape(item.url)}</loc><lastmod>{item.published.isoformat()}</lastmod></url>" for item in items
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{entries}</urlset>'


def _same(url: str) -> str:
    """A canonical form of a URL for these papers: no query of the crawl, path unquoted, no final slash."""
    parts = urlsplit(url)
    query = "" if parts.path.startswith("/wp-json/") else unquote(parts.query)
    return f"{parts.scheme}://{parts.hostname}{unquote(parts.path).rstrip('/')}?{query}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: ClassVar[dict[str, tuple[str, str]]]
    context: ClassVar[ssl.SSLContext]
    origin = ""  # after CONNECT: "https://host"

    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        self.connection = self.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.origin = f"https://{host}"
        self.close_connection = False

    def do_GET(self) -> None:
        url = urljoin(self.origin, self.path) if self.origin else self.path
        kind, body = self.pages.get(_same(url), ("", ""))
        content = body.encode()
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", f"{kind or 'text/html'}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that hung up


@contextmanager
def served(papers: list[Paper], folder: Path) -> Iterator[dict[str, str]]:
    """Serve the newspapers; yields the environment variables with which a crawl finds them."""
    pages = {_same(url): page for paper in papers for url, page in paper.pages.items()}
    hosts = sorted({urlsplit(url).hostname or "" for paper in papers for url in paper.pages})
    authority, context = _certificates(hosts, folder)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"pages": pages, "context": context}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    proxy = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {"http_proxy": proxy, "https_proxy": proxy, "SSL_CERT_FILE": str(authority)}
    finally:
        server.shutdown()
        server.server_close()


def _certificates(hosts: list[str], folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of a certificate authority, and a server context with one certificate for all hosts."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    begin, end = NOW - timedelta(days=1), NOW + timedelta(days=1)

    def certificate(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        serial = x509.random_serial_number()
        return x509.CertificateBuilder(name, subject, public, serial, begin, end)

    root = certificate(name, key.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    own = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    leaf = certificate(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "papers")]), own.public_key())
    leaf = leaf.add_extension(names, critical=False)
    authority, chain = folder / "authority.pem", folder / "papers.pem"
    pem = serialization.Encoding.PEM
    authority.write_bytes(root.sign(key, hashes.SHA256()).public_bytes(pem))
    secret = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(secret + leaf.sign(key, hashes.SHA256()).public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return authority, context
