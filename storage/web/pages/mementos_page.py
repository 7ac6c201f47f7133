"""Memento (RFC 7089): the TimeGate and TimeMap of an article's URL, and its captured pages.

A captured page is untrusted: its Content-Security-Policy gives it an opaque origin, in which no script runs and
nothing is loaded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storage import queries
from storage.queries.article_captures import article_captures, capture_position
from storage.warc.reader import record_at
from storage.web.error_pages import NotHere
from storage.web.pages.article_page import existing_article
from storage.web.reader_settings import engine_of, settings_of
from storage.web.request_values import clean
from storage.web.templating import base_url
from storage.web.views.memento_links import Memento, accepted_instant, http_date, link_header, nearest, time_map

router = APIRouter()
CAPTURED_PAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class ArticleMementos:
    """The mementos of an article, oldest first, each with its capture. original: the article's URL."""

    original: str
    mementos: tuple[Memento, ...]
    captures: tuple[dict[str, Any], ...]
    timegate: str
    timemap: str

    def link(self, shown: Memento) -> str:
        """The Link header of a response that redirects to a memento, or is that memento."""
        return link_header(self.mementos, shown, original=self.original, timegate=self.timegate, timemap=self.timemap)


@router.get("/timegate/{url:path}")
def time_gate(request: Request, url: str) -> Response:
    """Redirect to the capture nearest to Accept-Datetime, or to the latest without this header."""
    known = _of_url(request, url)
    memento = nearest(known.mementos, accepted_instant(request.headers.get("accept-datetime")))
    headers = {"Vary": "accept-datetime", "Link": known.link(memento)}
    return RedirectResponse(memento.url, status_code=302, headers=headers)


@router.get("/timemap/link/{url:path}")
def time_map_page(request: Request, url: str) -> Response:
    """All captures of an article."""
    known = _of_url(request, url)
    text = time_map(known.mementos, original=known.original, timegate=known.timegate, timemap=known.timemap)
    return Response(text, media_type="application/link-format")


@router.get("/articles/{article_id}/captures/{capture_id}/page")
def captured_page(request: Request, article_id: int, capture_id: int) -> Response:
    """The captured page; its policy blocks scripts, pictures and external style sheets."""
    settings = settings_of(request)
    known = _of_article(request, existing_article(settings.engine, article_id))
    by_id = {capture["id"]: place for place, capture in enumerate(known.captures)}
    if capture_id not in by_id:
        raise NotHere(f"article {article_id} has no capture {capture_id} that shows a page")
    capture, memento = known.captures[by_id[capture_id]], known.mementos[by_id[capture_id]]
    stored = article_captures(settings.engine, article_id)
    holder = next((each for each in stored if each["id"] == (capture["refers_to"] or capture_id)), None)
    if holder is None:
        raise NotHere(f"the bytes of capture {capture_id} are those of a page of another article")
    body = record_at(settings.folder, capture_position(holder)).capture.body
    stated = (capture["content_type"] or holder["content_type"] or "").encode("latin-1", "replace").decode("latin-1")
    is_text = stated.partition(";")[0].strip().lower() in _TEXTS
    headers = {
        "Content-Security-Policy": CAPTURED_PAGE_POLICY,
        "Memento-Datetime": http_date(memento.at),
        "X-DNS-Prefetch-Control": "off",
        "Link": known.link(memento),
        "Content-Type": stated if is_text and stated.isprintable() else "application/octet-stream",
    }
    return Response(body, headers=headers)


def _of_url(request: Request, url: str) -> ArticleMementos:
    asked = clean(url + (f"?{request.url.query}" if request.url.query else ""))
    record = queries.article_by(engine_of(request), asked) if "://" in asked else None
    if record is None:
        raise NotHere("no article of this archive was published at that URL; write it whole, with https://")
    return _of_article(request, existing_article(engine_of(request), record["id"]))


def _of_article(request: Request, record: dict[str, Any]) -> ArticleMementos:
    base = base_url(request)
    shown = [
        each
        for each in article_captures(engine_of(request), record["id"])
        if each["status"] in (200, 304) and each["reason"] is None
    ]
    if not shown:
        raise NotHere(f"the archive holds no page of article {record['id']}")
    mementos = tuple(
        Memento(
            datetime.fromisoformat(each["fetched_at"]).replace(microsecond=0),
            f"{base}/articles/{record['id']}/captures/{each['id']}/page",
        )
        for each in shown
    )
    address = quote(record["url"], safe=":/?=&%;,+@!$'*~.-_")
    places = (f"{base}/timegate/{address}", f"{base}/timemap/link/{address}")
    return ArticleMementos(address, mementos, tuple(shown), *places)
