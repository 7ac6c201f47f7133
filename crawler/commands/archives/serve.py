"""`warraq serve`: the archive as pages and as a JSON API, for a browser. Does not load the crawler."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands import options


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
    from storage.web.listening import answer_requests, listen, read_token, shown_address
    from storage.web.reader_app import create_app
    from storage.web.reader_settings import QUERY_TIME_LIMIT_S, ReaderSettings
    from storage.web.time_limit import limit_time

    token = read_token(token_file)
    engine = limit_time(open_readonly(archive, db), QUERY_TIME_LIMIT_S)
    names = frozenset(each.lower().rstrip(".") for each in ("localhost", host, *(name or ())))
    with listen(host, port, guarded=token is not None) as listening:
        print(f"{shown_address(listening)}", flush=True)
        answer_requests(create_app(ReaderSettings(engine, archive, token, names)), listening)
