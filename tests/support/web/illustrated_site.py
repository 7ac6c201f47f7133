"""A newspaper with pictures and style sheets, served on loopback, and its site file with `assets="article"`."""

from pathlib import Path
from typing import Any

from tests.support.hostile import Answer, Server, page, redirect, robots
from tests.support.newspapers.small_site import html, listing
from tests.support.running import Ran, warraq
from tests.support.web.captured_archive import png

STYLE = "h1 { color: rgb(1, 2, 3) }"
_FILE = '''"""An illustrated newspaper."""

from crawler.platforms import {platform}
from crawler.site import Site


class Illustrated({platform}):
    site = Site("illustrated", "{url}", categories=("/",), channels=("categories",), delay_s=0.0, assets={assets!r})
'''


def illustrated(n: int, picture: str, *, shown: str | None = None, styles: tuple[str, ...] = ("/style.css",)) -> Answer:
    """An article's page. picture: the URL of its og:image. shown: the picture's URL in the text; None: the same."""
    head = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
    head += f'<meta property="og:image" content="{picture}">'
    body = f'<img id="picture" src="{shown or picture}"><img src="/menu.png">'
    return page(html(n).replace("<title>", f"{head}<title>").replace("<h1>", f"{body}<h1>"))


def image(body: bytes = png(), kind: str = "image/png") -> Answer:
    return page(body, Content_Type=kind)


def answers() -> dict[str, Answer]:
    """Two articles with pictures, one of them in two sizes, and one article whose assets can't be stored."""
    return {
        "/robots.txt": robots("User-agent: *\nDisallow: /forbidden.png"),
        "/": listing([1, 2, 3]),
        "/n/1/": illustrated(1, "/up/one.jpg", shown="/up/one-300x200.jpg"),
        "/n/2/": illustrated(2, "/up/two.png"),
        "/n/3/": illustrated(3, "/forbidden.png", styles=("/page.css", "/away.css", "http://10.0.0.1/x.css")),
        "/style.css": page(STYLE, Content_Type="text/css"),
        "/up/one.jpg": image(png() + b"large", "image/jpeg"),
        "/up/one-300x200.jpg": image(png() + b"small", "image/jpeg"),
        "/up/two.png": image(png() + b"small"),  # the bytes of another address
        "/forbidden.png": image(),
        "/page.css": page("<html>none</html>"),
        "/away.css": redirect("/style.css"),
        "/menu.png": image(),
    }


def declare(folder: Path, server: Server, *, assets: str = "article", platform: str = "CategorySpider") -> None:
    """Write the site file."""
    folder.mkdir(exist_ok=True)
    text = _FILE.format(platform=platform, url=server.url(), assets=assets)
    (folder / "illustrated.py").write_text(text, encoding="utf-8")


def crawl(folder: Path, *arguments: str) -> Any:
    """Crawl once and return the report. folder: has the site file; the archive is next to it."""
    ran: Ran = warraq(
        *("crawl", "illustrated", "--allow-host", "127.0.0.1", "--json", *arguments),
        cwd=folder.parent,
        WARRAQ_SPIDERS=str(folder),
    )
    assert "Traceback" not in ran.err, ran.err
    return ran.json
