"""The application on the origin of captured pages: serves a page, its pictures and its style sheets by signed paths.

It uses no cookies and no forms. The Content-Security-Policy of every response forbids scripts, frames, forms, and
loading anything from other origins.
"""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.errors import WarraqError
from storage.queries import article_by
from storage.queries.article_captures import article_captures
from storage.queries.captured_resources import StoredBody, page_body, resource_body, resource_captures
from storage.warc.reader import record_at
from storage.web.access import is_known_host
from storage.web.captured.capture_links import CapturePath, read_path
from storage.web.captured.shown_pages import decoded, page_resources, shown_page, shown_style, style_resources
from storage.web.reader_settings import ReaderSettings
from storage.web.views.memento_links import http_date

POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, max-age=600",
}
_PAGES = ("text/html", "application/xhtml+xml")
_MISSING = "صورة لم تُحفظ"


class CapturedApp:
    """ASGI application that serves archived bytes."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        answer = await run_in_threadpool(self._answer, request)
        headers = MutableHeaders(raw=answer.raw_headers)
        headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors {self._ancestors(request)}"
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        await answer({**scope, "method": "GET"}, receive, _without_body(send) if request.method == "HEAD" else send)

    def _answer(self, request: Request) -> Response:
        if not is_known_host(request.headers.get("host", ""), self._settings.captured_names):
            return PlainTextResponse("this name is not the reader's\n", status_code=421)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("captured pages are only read\n", status_code=405, headers={"Allow": "GET, HEAD"})
        path = read_path(self._settings.signing_key, request.scope["path"])
        if path is None:
            return PlainTextResponse("open the page from its capture in the reader\n", status_code=401)
        try:
            return self._of_path(path)
        except WarraqError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)

    def _of_path(self, path: CapturePath) -> Response:
        engine = self._settings.engine
        record = article_by(engine, path.article_id)
        if record is not None and record["status"] == "removed":
            return PlainTextResponse("this article was taken down\n", status_code=410)
        mine = {each["id"] for each in article_captures(engine, path.article_id)} if record else set()
        body = page_body(engine, path.capture_id) if path.capture_id in mine else None
        if body is not None and path.resource is not None:
            resource = resource_body(engine, path.resource)
            return self._resource(resource, body) if resource is not None else _NOTHING
        return self._page(body) if body is not None else _NOTHING

    def _page(self, body: StoredBody) -> Response:
        content = record_at(self._settings.folder, body.position).capture.body
        kind, charset = _media_type(body.content_type)
        headers = {"Memento-Datetime": http_date(body.fetched_at)}
        if kind in _PAGES:
            resources = page_resources(content, body.url, charset)
            captured = resource_captures(self._settings.engine, resources.urls, body.fetched_at)
            shown = shown_page(content, body.url, charset, captured, _MISSING)
            return Response(shown, media_type="text/html; charset=utf-8", headers=headers)
        if kind == "text/plain":
            return Response(decoded(content, charset), media_type="text/plain; charset=utf-8", headers=headers)
        return PlainTextResponse("this capture is no page\n", status_code=404)

    def _resource(self, body: StoredBody, page: StoredBody) -> Response:
        content = record_at(self._settings.folder, body.position).capture.body
        kind, charset = _media_type(body.content_type)
        if kind != "text/css":
            return Response(content, media_type=kind)
        text = decoded(content, charset)
        captured = resource_captures(self._settings.engine, style_resources(text, body.url), page.fetched_at)
        return Response(shown_style(text, body.url, captured), media_type="text/css; charset=utf-8")

    def _ancestors(self, request: Request) -> str:
        """The origins that may show a captured page in a frame: those of the reader."""
        own = (request.url.hostname or "", *sorted(self._settings.names))
        return " ".join(f"http://{name}:* https://{name}:*" for name in dict.fromkeys(own) if name and ":" not in name)


_NOTHING = PlainTextResponse("there is nothing here\n", status_code=404)


def by_origin(reader: ASGIApp, captured: ASGIApp, is_captured: Callable[[Scope], bool]) -> ASGIApp:
    """One application that dispatches the requests of both origins."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await (captured if scope["type"] == "http" and is_captured(scope) else reader)(scope, receive, send)

    return answer


def _media_type(stated: str | None) -> tuple[str, str | None]:
    """The media type in lower case ("application/octet-stream" if malformed), and the charset if one is stated."""
    kind, _, rest = (stated or "").partition(";")
    kind = kind.strip().lower()
    if not kind.isascii() or not kind.replace("/", "").replace("+", "").replace("-", "").replace(".", "").isalnum():
        return "application/octet-stream", None
    name, _, value = rest.strip().partition("=")
    return kind, value.strip(" \"'").split(";")[0] or None if name.strip().lower() == "charset" else None


def _without_body(send: Send) -> Send:
    async def bare(message: Message) -> None:
        changed: dict[str, Any] = {**message, "body": b""} if message["type"] == "http.response.body" else {**message}
        await send(changed)

    return bare
