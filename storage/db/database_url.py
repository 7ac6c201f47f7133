"""Database URLs: what they mean, and how they are shown without the secrets that they hold."""

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.errors import UsageError
from storage.messages import message

DATABASE_NAME = "warraq.db"
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
# Parameters of libpq that hold no secret. Any other value is hidden, a misspelt `pasword=` among them: `sslpassword`,
# `passfile` and `options` hold or lead to secrets, and later versions of libpq will have more of them.
_SHOWN = frozenset(
    ("host", "hostaddr", "port", "dbname", "user", "service", "sslmode", "application_name", "connect_timeout")
)


def database_url(url: str | URL) -> URL:
    """The URL with its driver. Raises UsageError, whose message does not repeat the URL, as it may hold a password."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if isinstance(url, str) else url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        parsed, backend = None, ""
    if parsed is not None and "@" in (parsed.host or "") + (parsed.database or "" if parsed.password else ""):
        raise UsageError(
            message("the database URL has an @ in its password: write it as %40")
        )  # else a part of it is shown
    if parsed is not None and backend in _DRIVERS:
        return parsed.set(drivername=_DRIVERS[backend])
    raise UsageError(message("the database URL is none of sqlite:///PATH and postgresql://USER@HOST/NAME"))


def archive_url(folder: Path, db_url: str | None) -> URL:
    """The URL of the tables of the archive in that folder."""
    if db_url is not None:
        return database_url(db_url)
    return URL.create("sqlite", database=str(folder / DATABASE_NAME))


def shown_url(url: URL) -> str:
    """The URL as messages and answers show it: `***` in place of passwords and of any parameter that may be one."""
    plain = url.set(query={}).render_as_string(hide_password=True)
    parameters = [
        f"{quote(name)}={quote(value, safe='/:,') if name in _SHOWN else '***'}"
        for name, values in url.query.items()
        for value in ((values,) if isinstance(values, str) else values)
    ]
    return f"{plain}?{'&'.join(parameters)}" if parameters else plain
