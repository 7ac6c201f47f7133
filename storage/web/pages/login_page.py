"""The login form: checks the token and sets a cookie."""

import asyncio
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storage.web.access import COOKIE, cookie_value, is_token
from storage.web.error_pages import NotHere
from storage.web.reader_settings import settings_of
from storage.web.templating import page

router = APIRouter()
_MOST_BYTES = 8192
_WAIT_S = 1.0  # after a wrong token, so that guessing is slow
_DAYS = 30


@router.get("/login")
def login_form(request: Request) -> Response:
    """The form."""
    if settings_of(request).token is None:
        raise NotHere("this reader was started without a token; there is nothing to log in to")
    return page(request, "login.html", next=inner_path(request.query_params.get("next", "/")), wrong=False)


@router.post("/login")
async def log_in(request: Request) -> Response:
    """Compare the token and set the cookie."""
    token = settings_of(request).token
    if token is None:
        raise NotHere("this reader was started without a token; there is nothing to log in to")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return page(request, "login.html", status=413, next="/", wrong=True)
    fields = parse_qs(body.decode("utf-8", "replace"))
    target = inner_path(fields.get("next", ["/"])[0])
    if not is_token(fields.get("token", [""])[0].strip(), token):
        await asyncio.sleep(_WAIT_S)
        return page(request, "login.html", status=401, next=target, wrong=True)
    answer = RedirectResponse(target, status_code=303)
    answer.set_cookie(
        COOKIE, cookie_value(token), max_age=_DAYS * 86400, httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.post("/logout")
def log_out() -> Response:
    """Delete the cookie."""
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def inner_path(target: str) -> str:
    """The target as a path of the reader; "/" for anything that could redirect to another site."""
    harmless = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if harmless and "\\" not in target else "/"
