"""The settings of the reader, made by `warraq serve`."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from storage.web.recent_values import RecentValues

QUERY_TIME_LIMIT_S = 10.0
SEARCH_LAG_S = 1.0  # how far the reader's searches may lag behind what crawls have saved


@dataclass(frozen=True, slots=True)
class SiteVerdict:
    """A site's health: "ok", "quiet", "degraded", "broken" or "blocked"; why, and what to do, in English lines."""

    verdict: str
    why: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """engine: read-only, with a time limit (storage.web.time_limit). folder: the archive's, for its WARC files.

    token: required of every client; None: no token is required. names: the host names, in lower case, that the reader
    accepts beside IP addresses. captured_port: port of the origin of captured pages; None: they are not shown.
    captured_url: the URL of that origin as browsers see it, if it has another host name. verdict: returns the health
    of a site by its name; None for a site without runs.
    """

    engine: Engine
    folder: Path
    token: str | None = None
    names: frozenset[str] = frozenset({"localhost"})
    captured_port: int | None = None
    captured_url: str | None = None
    verdict: Callable[[str], SiteVerdict | None] = lambda _site: None
    recent: RecentValues = field(default_factory=RecentValues)
    secret: bytes = field(default_factory=lambda: os.urandom(32))

    @property
    def signing_key(self) -> bytes:
        """The key that signs paths of captured pages: made of the token, so that readers share it, or else random."""
        return self.secret if self.token is None else hashlib.sha256(b"captured" + self.token.encode()).digest()

    @property
    def captured_name(self) -> str | None:
        """The host name of captured pages if it differs from the reader's, else None."""
        return urlsplit(self.captured_url).hostname if self.captured_url is not None else None

    @property
    def captured_names(self) -> frozenset[str]:
        """The host names that the origin of captured pages accepts."""
        return self.names if self.captured_name is None else frozenset({self.captured_name})

    def captured_origin(self, request: Request) -> str | None:
        """The origin of captured pages as the client reaches it; None: they are not shown."""
        if self.captured_url is not None:
            return self.captured_url
        if self.captured_port is None:
            return None
        name = request.url.hostname or "localhost"
        return f"{request.url.scheme}://{f'[{name}]' if ':' in name else name}:{self.captured_port}"

    def is_captured(self, scope: Scope) -> bool:
        """Whether a request is for the origin of captured pages, by its port or host name."""
        port = (scope.get("server") or ("", None))[1]
        name = Headers(scope=scope).get("host", "").rpartition(":")[0] or Headers(scope=scope).get("host", "")
        return port == self.captured_port is not None or (self.captured_name is not None and name == self.captured_name)


def settings_of(request: Request) -> ReaderSettings:
    """The settings of the application that handles the request."""
    settings = request.app.state.settings
    assert isinstance(settings, ReaderSettings)  # noqa: S101 - create_app sets it
    return settings


def engine_of(request: Request) -> Engine:
    """The database engine of the application that handles the request."""
    return settings_of(request).engine
