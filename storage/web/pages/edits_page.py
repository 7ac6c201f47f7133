"""The latest edits and deletions of sites, as a page and as an Atom feed that contains the differences."""

from datetime import datetime

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from storage import queries
from storage.errors import UsageError
from storage.queries.archive_stats import site_homes
from storage.queries.recent_edits import LISTED_CLASSES, Edit, EditPosition, recent_edits
from storage.queries.stored_edits import shown_classes
from storage.web.reader_settings import engine_of
from storage.web.request_values import clean
from storage.web.templating import base_url, language_of, page
from storage.web.views.interface_words import words_of
from storage.web.views.marked_text import compared_rows, plain
from storage.web.views.result_rows import FeedEntry, atom_feed

router = APIRouter()
_ON_PAGE, _IN_FEED = 30, 30
_TAGS = {"delete": "del", "insert": "ins"}


@router.get("/edits")
def edits_page(request: Request) -> Response:
    """One page of the list of edits, filtered by site and class."""
    engine = engine_of(request)
    site, edit_class = _choice(request)
    classes = LISTED_CLASSES if edit_class is None else (edit_class,)
    edits = recent_edits(engine, site=site, classes=classes, limit=_ON_PAGE, after=_position(request))
    return page(
        request,
        "edits.html",
        edits=edits.edits,
        after=_written(edits.after) if edits.after else None,
        site=site,
        edit_class=edit_class,
        classes=LISTED_CLASSES,
        sites=list(site_homes(engine)),
    )


@router.get("/edits.atom")
def edits_feed(request: Request) -> Response:
    """The latest edits as a feed."""
    base = base_url(request)
    site, edit_class = _choice(request)
    classes = LISTED_CLASSES if edit_class is None else (edit_class,)
    edits = recent_edits(engine_of(request), site=site, classes=classes, limit=_IN_FEED)
    words = words_of(language_of(request))
    entries = [
        FeedEntry(
            f"{base}{edit_path(edit)}",
            f"{_named(edit, words)}: {plain(edit.title)}",
            edit.at,
            edit.site,
            _difference(request, edit),
        )
        for edit in edits.edits
    ]
    url = f"{base}/edits.atom?{request.url.query}".rstrip("?")
    feed = atom_feed(url, f"{base}/edits", f"{words['name']}: {words['edits']}", entries, language="ar")
    return Response(b"".join(feed), media_type="application/atom+xml; charset=utf-8")


def edit_path(edit: Edit) -> str:
    """The path of the page that shows an edit."""
    if edit.number is None:
        return f"/articles/{edit.article_id}#events"
    return f"/articles/{edit.article_id}/compare?from={edit.number - 1}&to={edit.number}"


def _named(edit: Edit, words: dict[str, str]) -> str:
    names = shown_classes(edit.edits, edit.classes)
    return "، ".join(words.get(f"edit_{name}") or words[name] for name in names)


def _difference(request: Request, edit: Edit) -> str | None:
    """The changed paragraphs of an edit as HTML."""
    if edit.number is None:
        return None
    difference = queries.difference(engine_of(request), edit.article_id, edit.number - 1, edit.number)
    if difference is None:
        return None
    parts: list[Markup] = []
    for field in ("title", "text"):
        for row in compared_rows(difference[field])[0]:
            for paragraph in row.inline if row.changed else ():
                pieces = Markup("").join(
                    Markup("<{0}>{1}</{0}>").format(_TAGS[piece.op], piece.text)
                    if piece.op in _TAGS
                    else Markup("{}").format(piece.text)
                    for piece in paragraph
                )
                parts.append(Markup("<p>{}</p>").format(pieces))
    return str(Markup("").join(parts))


def _choice(request: Request) -> tuple[str | None, str | None]:
    site = clean(request.query_params.get("site", "")) or None
    edit_class = request.query_params.get("class") or None
    if edit_class is not None and edit_class not in LISTED_CLASSES:
        raise UsageError(f"class={edit_class[:40]!r} is unknown: {', '.join(LISTED_CLASSES)}")
    return site, edit_class


def _position(request: Request) -> EditPosition | None:
    written = request.query_params.get("after")
    return edit_position(written) if written else None


def edit_position(written: str) -> EditPosition:
    """Parse the position of a list's next page from a link. Raises UsageError."""
    try:
        at, kind, row_id = written.rsplit("_", 2)
        instant = datetime.fromisoformat(at)
        if kind in ("event", "version") and instant.tzinfo and row_id.isdecimal() and len(row_id) < 19:
            return EditPosition(instant, kind, int(row_id))  # type: ignore[arg-type] # one of the two
    except ValueError:
        pass
    raise UsageError(f"after={written[:60]!r} is not what a link of this list holds")


def _written(position: EditPosition) -> str:
    return f"{position.at.isoformat()}_{position.kind}_{position.row_id}"
