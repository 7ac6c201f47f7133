"""Access control of the reader: the Host check, the token, and the security headers of every response.

Host check: prevents DNS rebinding, where another site's host name resolves to loopback, so that its pages could read
the reader. Token: compared in constant time; sent as `Authorization: Bearer` or as a cookie, never in a URL.
"""

import hashlib
import hmac
import ipaddress
import re
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.web.reader_settings import ReaderSettings

COOKIE = "warraq_access"
LEAST_TOKEN = 16  # characters; a shorter one can be guessed
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}
_OPEN = ("/login", "/static/")  # the paths that the login page needs
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:]+)(?::\d{1,5})?", re.IGNORECASE)


class AccessCheck:
    """ASGI middleware around the whole reader. HEAD is answered as GET without the body."""

    def __init__(self, app: ASGIApp, settings: ReaderSettings, policy: str = CONTENT_POLICY) -> None:
        self.app = app
        self.settings = settings
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bodiless = scope["method"] == "HEAD"
        if bodiless:
            scope = {**scope, "method": "GET"}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self.policy)
                headers.setdefault("Cache-Control", "private, no-cache")
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not is_known_host(headers.get("host", ""), self.settings.names):
            message = "this name is not the reader's; start it with: warraq serve --name NAME"
            return PlainTextResponse(f"{message}\n", status_code=421)
        path = scope["path"]
        if self.settings.token is None or path.startswith(_OPEN) or may_enter(headers, self.settings.token):
            return None
        if scope["method"] != "GET" or path.startswith("/api/") or "text/html" not in headers.get("accept", ""):
            error = {"error": "the reader asks for its token: send it as Authorization: Bearer TOKEN"}
            return JSONResponse(error, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"/login?next={quote(path + (f'?{query}' if query else ''), safe='')}", status_code=303)


def is_known_host(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header is an IP address or one of the names, with or without a port."""
    matched = _HOST.fullmatch(host)
    if matched is None:
        return False
    name = matched[1].strip("[]").lower()
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.rstrip(".") in names
    return True


def may_enter(headers: Headers, token: str) -> bool:
    """Whether a request has the token in its Authorization header, or the token's `cookie_value` in its cookie."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and is_token(shown.strip(), token):
        return True
    cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return hmac.compare_digest(cookie.encode(), cookie_value(token).encode())


def is_token(shown: str, token: str) -> bool:
    """Whether the two are equal. The time taken depends neither on their content nor on their length."""
    one, other = (hashlib.sha256(each.encode("utf-8", "replace")).digest() for each in (shown, token))
    return hmac.compare_digest(one, other)


def cookie_value(token: str) -> str:
    """The cookie's value: a digest of the token, from which the token can't be computed."""
    return hmac.new(token.encode("utf-8", "replace"), b"warraq reader", "sha256").hexdigest()
