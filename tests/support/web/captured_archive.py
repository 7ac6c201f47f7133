"""An archive of one hostile page with a style sheet and two pictures, of which one was captured."""

import struct
import zlib
from datetime import timedelta
from pathlib import Path

from storage.archive import Archive
from storage.records import Article, Capture, Reason
from storage.removal import erase_noted, remove
from tests.support.small_archive import HOME, NOW

PAGE, GONE_PAGE = f"{HOME}/news/1", f"{HOME}/news/2"
HTML = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="windows-1256"><base href="/news/">
<link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="/lost.css">
<link rel="dns-prefetch" href="//evil.example"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<script>document.title = 'owned'</script><style>@import url(https://evil.example/x.css);</style></head>
<body onload="document.title = 'owned'"><h1>وصل الوفد</h1><p id="text">نص الخبر كما نُشر.</p>
<img id="kept" src="data:image/gif;base64,AA" data-src="../pictures/1.png"><img id="lost" src="/pictures/2.png" alt="الوفد">
<img src="https://evil.example/pixel.gif"><a id="out" href="https://evil.example/">خارج</a>
<form action="https://evil.example/"><button id="send">أرسل</button></form>
<iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object>
<div style="background: url(https://evil.example/b.png)">هنا</div></body></html>"""
STYLE = "#text { color: rgb(1, 2, 3); background: url(pictures/1.png) } @import 'https://evil.example/y.css';"


def png() -> bytes:
    """A picture of 3 by 2 pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress(b"\0\xff\0\0\xff\0\0\xff\0\0" * 2)
    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def fill(folder: Path) -> dict[str, int]:
    """Fill the archive; return the ids of its two articles by URL. The second is taken down."""
    ids = {}
    with Archive.open(folder) as archive:
        archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        for url in (PAGE, GONE_PAGE):
            article = Article(url, "example", "وصل الوفد", "نص الخبر كما نُشر.", extractor="plain 1")
            capture = _answer(url, HTML.encode("cp1256"), "text/html; charset=windows-1256")
            saved = archive.save(
                capture, archive.append(capture, run_id), run_id=run_id, kind="article", article=article, now=NOW
            )
            assert saved is not None
            ids[url] = saved.article_id
        for path, body, kind in (("style.css", STYLE.encode(), "text/css"), ("pictures/1.png", png(), "image/png")):
            capture = _answer(f"{HOME}/{path}", body, kind)
            position = archive.append(capture, run_id)
            archive.save(capture, position, run_id=run_id, kind="article", reason=Reason.NOT_HTML, now=NOW)
        archive.finish_run(run_id, status="done", now=NOW + timedelta(minutes=1), requests=4)
        remove(archive.engine, folder, GONE_PAGE, reason="طلب", by="tests", now=NOW)
        erase_noted(archive.engine, folder, now=NOW)
    return ids


def _answer(url: str, body: bytes, kind: str) -> Capture:
    return Capture(url, "example", NOW, 200, (("Content-Type", kind),), body)
