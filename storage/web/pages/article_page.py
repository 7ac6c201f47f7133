"""The pages of an article: its text, its versions, the difference between two of them, and citations."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from storage import queries
from storage.errors import UsageError
from storage.queries.article_captures import article_captures
from storage.queries.similar_articles import copies_of
from storage.queries.site_list import site_titles
from storage.queries.stored_edits import are_small, shown_classes
from storage.web.error_pages import MovedHere, NotHere, TakenDownHere
from storage.web.reader_settings import engine_of
from storage.web.request_values import clean, number
from storage.web.templating import base_url, page
from storage.web.views.citations import CitedVersion, apa, arabic, bibtex, chicago, cited_version, ris
from storage.web.views.marked_text import compared_rows, paragraphs

router = APIRouter()
_LAST_ID = 2**63 - 1
_TIMELINES = ("all_edits", "only_headlines", "without_small")
_RTL = ("ar", "fa", "ur", "he", "ps", "ckb")


def existing_article(engine: Engine, article_id: int) -> dict[str, Any]:
    """Return the record of an article. Raises NotHere, MovedHere, TakenDownHere."""
    record = queries.article_by(engine, article_id) if 0 < article_id <= _LAST_ID else None
    if record is None:
        raise NotHere(f"there is no article {article_id} in this archive")
    if record["id"] != article_id:
        raise MovedHere(article_id, record["id"])
    if record["status"] == "removed":
        stone = queries.removal(engine, article_id)
        raise TakenDownHere(stone["removed_at"] if stone else None)
    return record


def existing_version(engine: Engine, article_id: int, wanted: int) -> dict[str, Any]:
    """Return one version of an existing article. Raises NotHere."""
    version = queries.version(engine, article_id, wanted) if wanted > 0 else None
    if version is None:
        raise NotHere(f"article {article_id} has no version {wanted}")
    return version


@router.get("/articles")
def article_at_url(request: Request) -> Response:
    """Redirect to the article at a URL, in any spelling: /articles?url=https://…"""
    url = clean(request.query_params.get("url", ""))
    record = queries.article_by(engine_of(request), url) if url else None
    if record is None:
        raise NotHere("no article of this archive was published at that URL; ask as /articles?url=https://…")
    return RedirectResponse(f"/articles/{record['id']}", status_code=303)


@router.get("/articles/{article_id}")
def current_article(request: Request, article_id: int) -> Response:
    """The current version of the article."""
    record = existing_article(engine_of(request), article_id)
    return _shown(request, record, record["version"])


@router.get("/articles/{article_id}/versions/{wanted}")
def article_version(request: Request, article_id: int, wanted: int) -> Response:
    """One version of the article. Its address is the permalink of citations."""
    return _shown(request, existing_article(engine_of(request), article_id), wanted)


@router.get("/articles/{article_id}/versions/{wanted}/citation.{style}")
def citation(request: Request, article_id: int, wanted: int, style: str) -> Response:
    """A citation for a reference manager: citation.bib or citation.ris."""
    engine = engine_of(request)
    record = existing_article(engine, article_id)
    written = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}.get(style)
    if written is None:
        raise NotHere(f"there is no citation.{style[:20]}; ask for citation.bib or citation.ris")
    give, media_type = written
    headers = {"Content-Disposition": f'attachment; filename="warraq-{article_id}-{wanted}.{style}"'}
    cited = _cited(request, record, existing_version(engine, article_id, wanted))
    return PlainTextResponse(give(cited), media_type=media_type, headers=headers)


@router.get("/articles/{article_id}/compare")
def compared(request: Request, article_id: int) -> Response:
    """The difference between two versions: ?from=1&to=2; of the latest two without numbers."""
    engine = engine_of(request)
    record = existing_article(engine, article_id)
    newest = record["version"]
    new = number(request.query_params, "to", newest)
    old = number(request.query_params, "from", max(new - 1, 1))
    difference = queries.difference(engine, article_id, old, new)
    if difference is None:
        raise NotHere(f"article {article_id} has versions 1 to {newest}; there is no {old} or {new}")
    small = request.query_params.get("small") != "0"
    title, title_edits = compared_rows(difference["title"], small=small)
    rows, edits = compared_rows(difference["text"], small=small)
    everything = request.query_params.get("all") == "1"
    return page(
        request,
        "compare.html",
        record=record,
        old=difference["old"],
        new=difference["new"],
        classes=shown_classes(difference["edits"], difference["changed"]),
        words=difference["words"],
        metadata=difference["metadata"],
        title_rows=title if title_edits else [],
        rows=_with_gaps(rows, everything),
        edits=edits,
        sides=request.query_params.get("view") == "sides",
        small=small,
        everything=everything,
        newest=newest,
        text_dir=_direction(record),
    )


def _with_gaps(rows: list[Any], everything: bool) -> list[tuple[Any, int]]:
    """Pairs (row, 0); each run of n unchanged rows that are not next to a changed row becomes one pair (None, n)."""
    shown: list[tuple[Any, int]] = []
    for position, row in enumerate(rows):
        near = any(each.changed for each in rows[max(position - 1, 0) : position + 2])
        if everything or near:
            shown.append((row, 0))
        elif shown and shown[-1][0] is None:
            shown[-1] = (None, shown[-1][1] + 1)
        else:
            shown.append((None, 1))
    return shown


def _shown(request: Request, record: dict[str, Any], wanted: int) -> Response:
    engine = engine_of(request)
    version = existing_version(engine, record["id"], wanted)
    cited = _cited(request, record, version)
    is_current = wanted == record["version"]
    history = queries.history(engine, record["id"])
    timeline = _timeline(request)
    details = record if is_current else version["details"] | {"status": record["status"]}
    return page(
        request,
        "article.html",
        record=record,
        details=details,
        version=version,
        is_current=is_current,
        text=paragraphs(version["text"]),
        text_dir=_direction(record),
        history=history,
        timeline=timeline,
        timelines=[(name, f"{request.url.path}?timeline={name}#versions") for name in _TIMELINES],
        shown_numbers=[each["number"] for each in history if _is_shown(each, timeline)],
        events=queries.article_events(engine, record),
        captures=article_captures(engine, record["id"]),
        copied=copies_of(engine, record["id"]) or {},
        titles=site_titles(engine),
        cited=cited,
        citations=(
            ("arabic_style", "rtl", arabic(cited)),
            ("APA", "ltr", apa(cited)),
            ("Chicago", "ltr", chicago(cited)),
        ),
        site_title=cited.site,
    )


def _timeline(request: Request) -> str:
    """The requested selection of versions: all, those with another headline, or those with more than small changes."""
    asked = request.query_params.get("timeline") or _TIMELINES[0]
    if asked not in _TIMELINES:
        raise UsageError(f"timeline={asked[:40]!r} is unknown: {', '.join(_TIMELINES)}")
    return asked


def _is_shown(version: dict[str, Any], timeline: str) -> bool:
    names = shown_classes(version["edits"], version["changed"])
    if version["number"] == 1 or timeline == "all_edits":
        return True
    return "headline" in names if timeline == "only_headlines" else not are_small(names)


def _cited(request: Request, record: dict[str, Any], version: dict[str, Any]) -> CitedVersion:
    permalink = f"{base_url(request)}/articles/{record['id']}/versions/{version['number']}"
    site = site_titles(engine_of(request)).get(record["site"]) or record["site"]
    return cited_version(record, version, site, permalink)


def _direction(record: dict[str, Any]) -> str:
    language = (record["language"] or "").lower().split("-")[0]
    return "rtl" if language in _RTL else "auto"
