"""A site of any number of generated articles, listed by sitemaps, served by a process of its own on loopback."""

import asyncio
import json
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

FILE = 10_000  # articles of one sitemap
WORDS = [
    "الميناء",
    "المدينة",
    "الوزارة",
    "المشروع",
    "السكان",
    "الطريق",
    "الجسر",
    "المدرسة",
    "المستشفى",
    "الشركة",
    "العمال",
    "المجلس",
    "التقرير",
    "الاجتماع",
    "البلدية",
    "المطار",
    "القطار",
    "السوق",
    "الأسعار",
    "المياه",
    "الكهرباء",
    "الزراعة",
    "الموسم",
    "الصيادون",
    "المرضى",
    "الطلاب",
    "المعلمون",
    "المهندسون",
    "الفريق",
    "البطولة",
    "أعلنت",
    "أكدت",
    "افتتحت",
    "ناقشت",
    "أوضحت",
    "قررت",
    "بدأت",
    "واصلت",
    "طالبت",
    "نفت",
    "أعادت",
    "شهدت",
    "تستعد",
    "تعتزم",
    "في",
    "على",
    "من",
    "إلى",
    "عن",
    "بعد",
    "قبل",
    "خلال",
    "منذ",
]


@dataclass(frozen=True, slots=True)
class Running:
    """home: URL of the site. served: articles that were sent so far."""

    home: str
    _served: Any

    @property
    def served(self) -> int:
        return int(self._served.value)


@contextmanager
def serving(pages: int) -> Iterator[Running]:
    """The site of so many articles, until the block ends."""
    context = multiprocessing.get_context("spawn")
    served, port = context.Value("q", 0), context.Queue()
    process = context.Process(target=_serve, args=(pages, served, port), daemon=True)
    process.start()
    try:
        yield Running(f"http://127.0.0.1:{port.get(timeout=60)}", served)
    finally:
        process.terminate()
        process.join()


def article(number: int) -> str:
    """A page of about 9 KB with a menu, an article of some 200 words, related links and a footer."""
    chance = random.Random(number)
    title = f"{' '.join(chance.sample(WORDS, 7))} {number}"
    text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=35))} رقم {number}-{part}.</p>" for part in range(6))
    related = "".join(
        f'<li><a href="/n/{chance.randrange(10**6)}/">{" ".join(chance.sample(WORDS, 6))}</a></li>' for _ in range(8)
    )
    day = f"2026-{1 + number % 9:02}-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00+03:00"
    data = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": day}, ensure_ascii=False)
    menu = "".join(f'<li><a href="/c/{name}/">قسم {name}</a></li>' for name in "abcdefgh")
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}"><script type="application/ld+json">{data}</script></head>'
        f'<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1><div class="entry-content">{text}</div></article>'
        f'<aside class="related"><ul>{related}</ul></aside></main><footer><p>جميع الحقوق محفوظة</p></footer></body></html>'
    )


def _content(path: str, pages: int, home: str) -> tuple[str, str] | None:
    """Content type and text of a path."""
    if path.startswith("/n/"):
        return "text/html; charset=utf-8", article(int(path.split("/")[2]))
    if path == "/robots.txt":
        return "text/plain", f"User-agent: *\nSitemap: {home}/index.xml\n"
    if path == "/":
        return "text/html; charset=utf-8", "<html lang=ar><body><h1>صحيفة</h1></body></html>"
    if path == "/index.xml":
        files = "".join(f"<sitemap><loc>{home}/posts-{n}.xml</loc></sitemap>" for n in range(-(-pages // FILE)))
        return (
            "application/xml",
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{files}</sitemapindex>',
        )
    if path.startswith("/posts-"):
        first = int(path[len("/posts-") : -len(".xml")]) * FILE
        urls = "".join(f"<url><loc>{home}/n/{n}/</loc></url>" for n in range(first, min(pages, first + FILE)))
        return "application/xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return None


def _serve(pages: int, served: Any, port: Any) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                host = next(
                    line[6:] for line in head.decode("latin-1").split("\r\n") if line.lower().startswith("host: ")
                )
                content = _content(path, pages, f"http://{host}")
                status, (kind, text) = ("200 OK", content) if content else ("404 Not Found", ("text/plain", ""))
                body = text.encode()
                lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(lines.encode() + body)
                await writer.drain()
                if path.startswith("/n/"):
                    served.value += 1
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())
