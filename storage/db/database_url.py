"""Database URLs: parsing, and display without secrets."""

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.errors import UsageError
from storage.messages import message

DATABASE_NAME = "warraq.db"
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
# Parameters of libpq without secrets. All other values are hidden, including a misspelt `pasword=`: `sslpassword`,
# `passfile` and `options` contain or refer to secrets, and later versions of libpq may add more.
_SHOWN = frozenset(
    ("host", "hostaddr", "port", "dbname", "user", "service", "sslmode", "application_name", "connect_timeout")
)


def database_url(url: str | URL) -> URL:
    """The URL with its driver. Raises UsageError, whose message omits the URL, as it may contain a password."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if isinstance(url, str) else url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        parsed, backend = None, ""
    if parsed is not None and "@" in (parsed.host or "") + (parsed.database or "" if parsed.password else ""):
        raise UsageError(
            message("the database URL has an @ in its password: write it as %40")
        )  # otherwise a part of it would be shown
    if parsed is not None and backend in _DRIVERS:
        return parsed.set(drivername=_DRIVERS[backend])
    raise UsageError(message("the database URL is none of sqlite:///PATH and postgresql://USER@HOST/NAME"))


def archive_url(folder: Path, db_url: str | None) -> URL:
    """The URL of the tables of the archive in this folder."""
    if db_url is not None:
        return database_url(db_url)
    return URL.create("sqlite", database=str(folder / DATABASE_NAME))


def shown_url(url: URL) -> str:
    """The URL for messages, with `***` in place of passwords and of parameters that may be secret."""
    plain = url.set(query={}).render_as_string(hide_password=True)
    parameters = [
        f"{quote(name)}={quote(value, safe='/:,') if name in _SHOWN else '***'}"
        for name, values in url.query.items()
        for value in ((values,) if isinstance(values, str) else values)
    ]
    return f"{plain}?{'&'.join(parameters)}" if parameters else plain
