"""Rendering of templates: an environment with autoescaping, the language of a request, and variables of all pages."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from storage.queries import stored_edits
from storage.web.reader_settings import settings_of
from storage.web.views import marked_text
from storage.web.views.interface_words import LANGUAGES, Language, words_of

LANGUAGE_COOKIE = "warraq_lang"
FOLDER = Path(__file__).parent
_YEAR_S = 365 * 24 * 3600


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "highlighted": marked_text.highlighted,
        "paragraphs": marked_text.paragraphs,
        "plain": marked_text.plain,
        "web_address": marked_text.web_address,
        "readable_url": marked_text.readable_url,
        "shown_classes": stored_edits.shown_classes,
        "grouped": lambda count: f"{count:,}",
        "bytes": shown_bytes,
    }
    made.globals["static_version"] = _static_version()
    return made


@lru_cache(maxsize=1)
def _static_version() -> str:
    """A digest of the static files, part of their URLs, so that browsers can cache them without limit."""
    files = sorted((FOLDER / "static").iterdir())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def shown_bytes(size: int) -> str:
    """A number of bytes in its largest unit."""
    value = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def language_of(request: Request) -> Language:
    """The language from ?lang= or the cookie; Arabic without either."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return asked
    return "ar"


def other_language_url(request: Request, language: Language) -> str:
    """The URL of this page in the other language."""
    other = "en" if language == "ar" else "ar"
    kept = [
        pair for pair in parse_qsl(request.url.query, keep_blank_values=True, errors="replace") if pair[0] != "lang"
    ]
    return f"{request.url.path}?{urlencode([*kept, ('lang', other)])}"


def base_url(request: Request) -> str:
    """The URL of the reader as the client reaches it, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template as a response. values: its variables."""
    language = language_of(request)
    text = (
        _environment()
        .get_template(template)
        .render(
            values
            | {
                "t": words_of(language),
                "lang": language,
                "dir": "rtl" if language == "ar" else "ltr",
                "here": request.url.path,
                "switch": other_language_url(request, language),
                "guarded": settings_of(request).token is not None,
                "date": lambda value: marked_text.shown_date(value, language),
            }
        )
    )
    answer = HTMLResponse(text, status_code=status, headers={"Vary": "Cookie"})
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, httponly=True, samesite="lax")
    return answer
