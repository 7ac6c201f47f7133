"""`warraq serve`: serve the archive as web pages and a JSON API. Does not load the crawler."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import options

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.web.reader_settings import SiteVerdict


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; not loopback: only with a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen on; 0: any free one.")
    ] = 8765,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="Ask for the token in this file; else for WARRAQ_TOKEN's."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A host name under which browsers ask for it. Repeatable."),
    ] = None,
    captured_port: Annotated[
        int | None,
        typer.Option(
            "--captured-port",
            metavar="N",
            min=0,
            max=65535,
            help="Port for pages as they were captured, an origin of their own. Default: the next, or any free one.",
            show_default=False,
        ),
    ] = None,
    captured_url: Annotated[
        str | None,
        typer.Option(
            "--captured-url",
            metavar="URL",
            help="How browsers reach that origin, behind a proxy that names it: https://pages.example.org.",
        ),
    ] = None,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show the archive in a browser: search, read, compare versions, cite.

    It only reads, answers on this machine alone, and asks nobody else for anything. The address is printed; Ctrl-C
    ends it. See docs/reader.md.

    For example:

        warraq serve

        warraq serve --host 0.0.0.0 --name archive.example.org --token-file /etc/warraq/token
    """
    from storage.db.database import open_readonly
    from storage.search.freshness import allow_lag
    from storage.web.listening import (
        answer_requests,
        captured_address,
        listen,
        listen_beside,
        read_token,
        shown_address,
    )
    from storage.web.reader_app import create_app
    from storage.web.reader_settings import QUERY_TIME_LIMIT_S, SEARCH_LAG_S, ReaderSettings
    from storage.web.time_limit import limit_time

    token = read_token(token_file)
    engine = limit_time(open_readonly(archive, db), QUERY_TIME_LIMIT_S)
    allow_lag(engine, SEARCH_LAG_S)
    names = frozenset(each.lower().rstrip(".") for each in ("localhost", host, *(name or ())))
    captured = captured_address(captured_url)
    guarded = token is not None
    with (
        listen(host, port, guarded=guarded) as listening,
        listen_beside(host, captured_port, listening, guarded=guarded) as beside,
    ):
        settings = ReaderSettings(
            engine, archive, token, names, beside.getsockname()[1], captured, partial(_verdict, engine)
        )
        print(f"{shown_address(listening)}", flush=True)
        answer_requests(create_app(settings), [listening, beside])


def _verdict(engine: "Engine", site: str) -> "SiteVerdict | None":
    """The health of a site, as in `warraq health`."""
    from crawler.health.verdicts import judge
    from storage.queries.run_history import run_records
    from storage.web.reader_settings import SiteVerdict

    now = datetime.now(UTC)
    health = judge(run_records(engine, site, now=now), now=now)
    return SiteVerdict(health.verdict, health.why, health.remedy) if health is not None else None
