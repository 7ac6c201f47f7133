"""The reader as one ASGI application: pages, API and error handlers, behind the access check."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from storage.db.database import POOL_SIZE
from storage.web.access import AccessCheck
from storage.web.api import api_routes
from storage.web.captured.captured_app import CapturedApp, by_origin
from storage.web.error_pages import answer_errors
from storage.web.pages import (
    article_page,
    captures_page,
    edits_page,
    login_page,
    mementos_page,
    overview_page,
    search_page,
    sites_page,
)
from storage.web.reader_settings import ReaderSettings
from storage.web.templating import FOLDER

# Requests handled at the same time; more wait. The database pool keeps as many connections open.
_THREADS = POOL_SIZE
_PAGES = (overview_page, search_page, article_page, captures_page, edits_page, sites_page, login_page, mementos_page)


def create_app(settings: ReaderSettings) -> ASGIApp:
    """Build the application. Opens no files and no connections."""
    app = FastAPI(
        title="Warraq",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_few_threads,
    )
    app.state.settings = settings
    answer_errors(app)
    for pages in _PAGES:
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api_routes.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    return by_origin(AccessCheck(app, settings), CapturedApp(settings), settings.is_captured)


@asynccontextmanager
async def _few_threads(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield
