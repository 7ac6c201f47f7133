"""What the reader is told when it starts."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from starlette.requests import Request

QUERY_TIME_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """engine: read-only, with a time limit (storage.web.time_limit). folder: the archive's, for its WARC files.

    token: what a client has to show; None: nobody is asked. names: the host names, in lower case, under which the
    reader answers, beside plain IP addresses.
    """

    engine: Engine
    folder: Path
    token: str | None = None
    names: frozenset[str] = frozenset({"localhost"})


def settings_of(request: Request) -> ReaderSettings:
    """The settings of the application that answers the request."""
    settings = request.app.state.settings
    assert isinstance(settings, ReaderSettings)  # noqa: S101 - create_app sets it
    return settings


def engine_of(request: Request) -> Engine:
    """The engine of the archive that the application shows."""
    return settings_of(request).engine
