"""Error responses: an HTML page for people, JSON for programs, each with the error's message."""

import logging
import re

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from storage.errors import NoArchive, UsageError, WarraqError
from storage.web.reader_settings import QUERY_TIME_LIMIT_S
from storage.web.templating import page
from storage.web.time_limit import is_time_limit

_log = logging.getLogger(__name__)
_TOO_SLOW = f"the query took longer than {QUERY_TIME_LIMIT_S:g} s: add words, a site or days to narrow it"


class NotHere(HTTPException):
    """The archive has nothing with that name or number: 404."""

    def __init__(self, message: str) -> None:
        super().__init__(404, message)


class TakenDownHere(HTTPException):
    """The article was removed from the archive: 410. removed_at: ISO 8601; None if unknown."""

    def __init__(self, removed_at: str | None) -> None:
        super().__init__(410, "this article was taken down; nothing of it is left in the archive")
        self.removed_at = removed_at


class MovedHere(HTTPException):
    """The article was merged into another one and has that one's number now: 301."""

    def __init__(self, asked: int, article_id: int) -> None:
        super().__init__(301, f"article {asked} is article {article_id} now")
        self.article_id = article_id

    def address(self, path: str, query: str) -> str:
        """The new URL of the requested page. Versions have other numbers there; captures keep theirs."""
        found = re.fullmatch(r"(.*?)/articles/0*\d+(/.*)?", path)
        head, rest = (found[1], found[2] or "") if found else ("", "")
        address = f"{head}/articles/{self.article_id}"
        if rest.startswith(("/versions", "/compare", "/diff")):
            return f"{address}/versions" if head else address
        return f"{address}{rest}{f'?{query}' if query else ''}"


def answer_errors(app: FastAPI) -> None:
    """Register the error handlers of the application."""
    app.add_exception_handler(AnyHTTPException, _of_http)
    app.add_exception_handler(MovedHere, _of_moved)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(WarraqError, _of_archive)
    app.add_exception_handler(DBAPIError, _of_database)
    app.add_exception_handler(Exception, _of_fault)


def error_answer(request: Request, status: int, message: str, removed_at: str | None = None) -> Response:
    """The error as JSON for a client of the API, else as an HTML page."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    shown = status if status in (400, 404, 410, 500, 503) else 400
    return page(request, "error.html", status=status, kind=f"error_{shown}", message=message, removed_at=removed_at)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHTTPException)  # noqa: S101 - it is registered for these
    message = str(error.detail)
    if error.status_code == 404 and message == "Not Found":
        message = f"there is no page at {request.url.path[:200]}"
    answer = error_answer(request, error.status_code, message, getattr(error, "removed_at", None))
    answer.headers.update(error.headers or {})
    return answer


async def _of_moved(request: Request, error: Exception) -> Response:
    assert isinstance(error, MovedHere)  # noqa: S101 - as above
    return RedirectResponse(error.address(request.url.path, request.url.query), status_code=301)


async def _of_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    wrong = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors())
    if not request.url.path.startswith("/api/"):
        return error_answer(request, 404, f"there is no page at {request.url.path[:200]}")
    return error_answer(request, 422, wrong)


async def _of_archive(request: Request, error: Exception) -> Response:
    if isinstance(error.__cause__, DBAPIError) and is_time_limit(error.__cause__):
        return error_answer(request, 503, _TOO_SLOW)
    is_call = isinstance(error, UsageError) and not isinstance(error, NoArchive)
    return error_answer(request, 400 if is_call else 503, str(error))


async def _of_database(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)  # noqa: S101 - as above
    if is_time_limit(error):
        return error_answer(request, 503, _TOO_SLOW)
    return await _of_fault(request, error)


async def _of_fault(request: Request, error: Exception) -> Response:
    _log.error("the reader failed at %r", request.url.path, exc_info=error)
    return error_answer(request, 500, "the reader has a fault; its log says more")
