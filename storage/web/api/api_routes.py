"""The routes of the API. Every response has an ETag; `cursor` is the `next` of the previous page."""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from storage import queries
from storage.queries.article_captures import article_captures
from storage.queries.article_lists import newest_articles
from storage.queries.recent_edits import LISTED_CLASSES, ListedClass, recent_edits
from storage.queries.similar_articles import copies_of
from storage.queries.site_list import archived_sites
from storage.records import date_json
from storage.search.facets import KINDS, Kind, facets
from storage.web.api import answers, cursors
from storage.web.api.api_filters import Narrowing, Site
from storage.web.error_pages import NotHere
from storage.web.pages.article_page import existing_article, existing_version
from storage.web.reader_settings import engine_of
from storage.web.request_values import Order, clean, search_request
from storage.web.search_results import find


class TaggedRoute(APIRoute):
    """A route whose responses have an ETag. A request with a matching If-None-Match gets 304 without a body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of a request."""
        give = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            answer = await give(request)
            tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
            if answer.status_code == 200:
                answer.headers["ETag"] = tag
                shown = {
                    each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")
                }
                if tag in shown:
                    return Response(status_code=304, headers={"ETag": tag})
            return answer

        return tagged


_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": answers.ErrorAnswer, "description": "The query can't be asked so."},
    401: {"model": answers.ErrorAnswer, "description": "The reader asks for its token."},
    422: {"model": answers.ErrorAnswer, "description": "A parameter has another form."},
    503: {"model": answers.ErrorAnswer, "description": "The archive can't answer now, or not in time."},
}
_OF_ARTICLE: dict[int | str, dict[str, Any]] = {
    301: {"description": "It turned out to be another article, under whose number it is now."},
    404: {"model": answers.ErrorAnswer, "description": "It is not in the archive."},
    410: {"model": answers.ErrorAnswer, "description": "It was taken down."},
}

router = APIRouter(prefix="/api/v1", route_class=TaggedRoute, responses=_ERRORS)

ArticleId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Narrowed = Annotated[Narrowing, Depends()]
Limit = Annotated[int, Query(ge=1, le=100, description="At most so many.")]
Cursor = Annotated[str | None, Query(max_length=400, description="The `next` of the page before.")]


@router.get("/search", operation_id="search")
def search_articles(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=1000, description="As for `warraq search`.")],
    narrowed: Narrowed,
    sort: Order = "relevance",
    exact: bool = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> answers.SearchAnswer:
    """Search articles by their words."""
    offset = cursors.offset_of(cursor)
    asked = search_request({**narrowed.values, "q": q, "sort": sort, "exact": str(int(exact))})
    articles_matched = find(engine_of(request), asked, limit=limit, offset=offset)
    after = offset + len(articles_matched.hits)
    hits = [answers.HitAnswer.model_validate(asdict(hit)) for hit in articles_matched.hits]
    more = bool(articles_matched.hits) and after < articles_matched.total
    others = [answers.OtherSpellingAnswer.model_validate(asdict(each)) for each in articles_matched.also_written]
    following = cursors.offset_cursor(after) if more else None
    return answers.SearchAnswer(total=articles_matched.total, hits=hits, also_written=others, next=following)


@router.get("/facets", operation_id="facets")
def count_facets(
    request: Request,
    narrowed: Narrowed,
    q: Annotated[str, Query(max_length=1000, description="As for `search`; without it all articles.")] = "",
    exact: bool = False,
    by: Annotated[list[Kind] | None, Query(description="Which facets; repeatable. Without it all.")] = None,
    limit: Limit = 10,
) -> answers.FacetsAnswer:
    """Count the articles that a search finds by section, author, tag and other facets."""
    asked = search_request({**narrowed.values, "q": q, "exact": str(int(exact))})
    kinds = tuple(dict.fromkeys(by)) if by else KINDS
    facets_report = facets(
        engine_of(request), asked.words, filters=asked.filters, exact=asked.exact, by=kinds, limit=limit
    )
    return answers.FacetsAnswer.model_validate(
        {"total": facets_report.total, "facets": asdict(facets_report)["counts"]}
    )


@router.get("/articles", operation_id="articles")
def list_articles(
    request: Request,
    narrowed: Narrowed,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> answers.ArticlesAnswer:
    """List articles by date, the newest first, undated ones last."""
    filters = search_request(narrowed.values).filters
    records, after = newest_articles(engine_of(request), filters, limit=limit, after=cursors.list_position(cursor))
    given = [answers.ArticleAnswer.model_validate(record) for record in records]
    return answers.ArticlesAnswer(articles=given, next=cursors.list_cursor(after))


@router.get("/articles/{article_id}", operation_id="article", responses=_OF_ARTICLE)
def one_article(request: Request, article_id: ArticleId) -> answers.ArticleAnswer:
    """The current version of an article."""
    return answers.ArticleAnswer.model_validate(existing_article(engine_of(request), article_id))


@router.get("/articles/{article_id}/versions", operation_id="versions", responses=_OF_ARTICLE)
def all_versions(request: Request, article_id: ArticleId) -> answers.VersionsAnswer:
    """The versions of an article."""
    engine = engine_of(request)
    record = existing_article(engine, article_id)
    history = [answers.VersionAnswer.model_validate(each) for each in queries.history(engine, article_id)]
    return answers.VersionsAnswer(versions=history, events=queries.article_events(engine, record))


@router.get("/articles/{article_id}/versions/{number}", operation_id="version", responses=_OF_ARTICLE)
def one_version(request: Request, article_id: ArticleId, number: Number) -> answers.VersionAnswer:
    """One version, with its text."""
    engine = engine_of(request)
    existing_article(engine, article_id)
    return answers.VersionAnswer.model_validate(existing_version(engine, article_id, number))


@router.get("/articles/{article_id}/diff", operation_id="diff", responses=_OF_ARTICLE)
def difference(
    request: Request,
    article_id: ArticleId,
    old: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)],
    new: Annotated[int, Query(alias="to", ge=1, le=2**31 - 1)],
) -> answers.DiffAnswer:
    """What changed between two versions, word by word."""
    engine = engine_of(request)
    existing_article(engine, article_id)
    compared = queries.difference(engine, article_id, old, new)
    if compared is None:
        raise NotHere(f"article {article_id} has no version {old} or {new}")
    return answers.DiffAnswer.model_validate(compared)


@router.get("/articles/{article_id}/captures", operation_id="captures", responses=_OF_ARTICLE)
def all_captures(request: Request, article_id: ArticleId) -> answers.CapturesAnswer:
    """The captures of an article. Their records: /articles/ID/captures/ID/record.warc.gz"""
    engine = engine_of(request)
    existing_article(engine, article_id)
    captures = [answers.CaptureAnswer.model_validate(each) for each in article_captures(engine, article_id)]
    return answers.CapturesAnswer(captures=captures)


@router.get("/articles/{article_id}/similar", operation_id="similar", responses=_OF_ARTICLE)
def copies_elsewhere(request: Request, article_id: ArticleId) -> answers.SimilarAnswer:
    """The source and the copies of an article, as `warraq similar --json`. It may lag behind a crawl."""
    engine = engine_of(request)
    existing_article(engine, article_id)
    return answers.SimilarAnswer.model_validate(copies_of(engine, article_id))


@router.get("/edits", operation_id="edits")
def list_edits(
    request: Request,
    site: Site = None,
    edit_class: Annotated[ListedClass | None, Query(alias="class", description="Only edits of this class.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> answers.EditsAnswer:
    """List the latest edits and deletions of sites."""
    classes = LISTED_CLASSES if edit_class is None else (edit_class,)
    named = clean(site) if site else None
    position = cursors.edit_position(cursor)
    edit_page = recent_edits(engine_of(request), site=named, classes=classes, limit=limit, after=position)
    edits = [answers.EditAnswer.model_validate(edit, from_attributes=True) for edit in edit_page.edits]
    return answers.EditsAnswer(edits=edits, next=cursors.edit_cursor(edit_page.after))


@router.get("/sites", operation_id="sites")
def list_sites(request: Request) -> answers.SitesAnswer:
    """The sites of the archive."""
    engine = engine_of(request)
    counted = {each["site"]: each for each in queries.stats(engine)["sites"]}
    ended = queries.last_success(engine)
    nothing = {"articles": 0, "first_published": None, "last_published": None}
    given = [
        answers.SiteAnswer.model_validate(
            {**nothing, **asdict(site), **counted.get(site.name, {}), "last_success": date_json(ended[site.name][0])}
        )
        for site in archived_sites(engine)
    ]
    return answers.SitesAnswer(sites=given)


@router.get("/runs", operation_id="runs")
def list_runs(request: Request, site: Site = None, limit: Limit = 20) -> answers.RunsAnswer:
    """The latest runs."""
    runs = queries.recent_runs(engine_of(request), clean(site) if site else None, limit)
    return answers.RunsAnswer(runs=[answers.RunAnswer.model_validate(run) for run in runs])
