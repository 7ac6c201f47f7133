"""The pages of one capture: the server's response, the captured page in a frame, and the WARC record to download."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from storage.errors import ArchiveError
from storage.queries.article_captures import article_captures, capture_position
from storage.queries.captured_resources import page_body, resource_captures
from storage.warc.reader import inside, record_at
from storage.web.access import CONTENT_POLICY
from storage.web.captured.capture_links import page_path
from storage.web.captured.shown_pages import page_resources
from storage.web.error_pages import NotHere
from storage.web.pages.article_page import existing_article
from storage.web.reader_settings import settings_of
from storage.web.templating import page

router = APIRouter()


def existing_capture(engine: Engine, article_id: int, capture_id: int) -> dict[str, Any]:
    """Return one of `article_captures`. Raises NotHere, TakenDownHere."""
    existing_article(engine, article_id)
    capture = next((each for each in article_captures(engine, article_id) if each["id"] == capture_id), None)
    if capture is None:
        raise NotHere(f"article {article_id} has no capture {capture_id}")
    return capture


@router.get("/articles/{article_id}/captures/{capture_id}")
def capture_page(request: Request, article_id: int, capture_id: int) -> Response:
    """The metadata of a capture, and the headers that the server sent."""
    settings = settings_of(request)
    capture = existing_capture(settings.engine, article_id, capture_id)
    record, refusal = None, None
    try:
        record = record_at(settings.folder, capture_position(capture))
    except ArchiveError as error:
        refusal = str(error)
    return page(
        request,
        "capture.html",
        article=existing_article(settings.engine, article_id),
        capture=capture,
        headers=record.capture.headers if record else (),
        refusal=refusal,
    )


@router.get("/articles/{article_id}/captures/{capture_id}/view")
def captured_view(request: Request, article_id: int, capture_id: int) -> Response:
    """The captured page in a frame of another origin, and how many of its pictures and style sheets are missing."""
    settings = settings_of(request)
    capture = existing_capture(settings.engine, article_id, capture_id)
    origin = settings.captured_origin(request)
    body = page_body(settings.engine, capture_id)
    if origin is None or body is None or capture["reason"] is not None or capture["status"] not in (200, 304):
        raise NotHere(f"capture {capture_id} holds no page that can be shown")
    content = record_at(settings.folder, body.position).capture.body
    charset = (body.content_type or "").rpartition("charset=")[2].strip(" \"'") or None
    resources = page_resources(content, body.url, charset)
    captured = resource_captures(settings.engine, resources.urls, body.fetched_at)
    missing_pictures, missing_styles = resources.lost_parts(captured)
    answer = page(
        request,
        "captured_view.html",
        article=existing_article(settings.engine, article_id),
        capture=capture,
        frame=f"{origin}{page_path(settings.signing_key, article_id, capture_id)}",
        pictures=(len(resources.pictures) - missing_pictures, len(resources.pictures)),
        styles=(len(resources.styles) - missing_styles, len(resources.styles)),
    )
    answer.headers["Content-Security-Policy"] = f"{CONTENT_POLICY}; frame-src {origin}"
    return answer


@router.get("/articles/{article_id}/captures/{capture_id}/record.warc.gz")
def warc_record(request: Request, article_id: int, capture_id: int) -> Response:
    """The record's bytes from the archive: one gzip member, which is a valid WARC file."""
    settings = settings_of(request)
    capture = existing_capture(settings.engine, article_id, capture_id)
    position = capture_position(capture)
    record_at(settings.folder, position)  # raises an error of the file before the response begins
    with inside(settings.folder, position.file).open("rb") as file:
        file.seek(position.offset)
        content = file.read(position.length)
    headers = {"Content-Disposition": f'attachment; filename="warraq-capture-{capture_id}.warc.gz"'}
    return Response(content, media_type="application/warc", headers=headers)
