"""`warraq watch`: saved searches, and the new, edited and gone articles among their results."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import print_json
from crawler.output.stderr_lines import print_notice
from crawler.translation import counted, terminal_line
from storage.errors import UsageError
from storage.messages import message, words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.delivery.webhook import Webhook
    from storage.watches.saved_searches import Delivery, SavedSearch

HELP = """Saved searches: what is new, edited or gone among what they find, since last time.

The first command once, the second from cron. For example:

    warraq watch add 'انتخابات site:hespress' --name elections

    warraq watch run --atom /var/www/news.xml
"""
app = typer.Typer(help=HELP, no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="WATCH", help="The saved search, by name.")]


@app.command("add")
def add(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As for `warraq search`, fields included.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Its name; without it, its words joined by hyphens.")
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Only the words as written, no other forms of them.")] = False,
    zone: options.Zone = "UTC",
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Save a search. What it finds now is known; `warraq watch run` reports what comes, changes or goes after that.

    The archive keeps it. The search page of the reader shows this line for its own search.

    For example:

        warraq watch add 'انتخابات site:hespress' --name elections
    """
    from storage.archive import Archive
    from storage.watches import saved_searches

    named = name if name is not None else _name_of(query, saved_searches.LONGEST_NAME)
    options.span(None, None, zone)
    with Archive.open(archive, db, create=False) as opened:
        articles = saved_searches.add(opened.engine, named, query, now=datetime.now(UTC), exact=exact, timezone=zone)
        if not articles:
            options.warn_unknown_site(opened.engine, None, query)
    if as_json:
        print_json({"watch": named, "query": query, "articles": articles})
    else:
        print(terminal_line(counted("{name}: {n:,} articles are known", articles, name=named)))


@app.command("list")
def list_searches(
    as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None
) -> None:
    """List the saved searches.

    For example:

        warraq watch list --json
    """
    from crawler.output.watch_view import print_searches, search_json
    from storage.db.database import open_readonly
    from storage.watches.saved_searches import saved_searches

    searches = saved_searches(open_readonly(archive, db))
    if as_json:
        print_json([search_json(each) for each in searches])
    elif searches:
        print_searches(searches)


@app.command("remove")
def remove(name: Name, archive: options.Archive = options.ARCHIVE, db: options.Db = None) -> None:
    """Forget a saved search, and what it has to report.

    For example:

        warraq watch remove elections
    """
    from storage.archive import Archive
    from storage.watches import saved_searches

    with Archive.open(archive, db, create=False) as opened, saved_searches.watch_lock(archive):
        saved_searches.remove(opened.engine, name)


@app.command("run")
def run(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WATCH…", help="Saved searches by name; without any, all of them.")
    ] = None,
    atom: Annotated[
        Path | None,
        typer.Option("--atom", metavar="FILE", help="Write their latest news into this file, as an Atom feed."),
    ] = None,
    command: Annotated[
        str | None,
        typer.Option("--exec", metavar="COMMAND", help="Run this for each delivery, with its JSON on standard input."),
    ] = None,
    webhook: Annotated[
        str | None,
        typer.Option("--webhook", metavar="URL", help="POST the JSON of each delivery to this https URL."),
    ] = None,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Report what is new, edited or gone among what saved searches find, since they last ran.

    Prints nothing where there is nothing to report. News is delivered under a number, and confirmed when every program,
    webhook and the output have taken it. A delivery that fails or is killed comes again with the next run, under the
    same number, so that a receiver can tell it from another.

    Exit codes: 0 done; 1 a delivery failed and will come again, or a search can't be asked; 3 another process is
    delivering.

    For example:

        warraq watch run --atom /var/www/news.xml

        warraq watch run elections --exec 'mail -s news me@example.org' --webhook https://hooks.example.org/T0/B1
    """
    from crawler.delivery.program import program_arguments
    from storage.archive import Archive
    from storage.watches import saved_searches
    from storage.watches.saved_searches import Delivery, watch_lock

    arguments = program_arguments(command) if command is not None else None
    hook = _webhook(webhook, allow_host) if webhook is not None else None
    answers: list[dict[str, Any]] = []
    accepted: list[Delivery] = []
    with Archive.open(archive, db, create=False) as opened, watch_lock(archive):
        engine = opened.engine
        chosen = _chosen(saved_searches.saved_searches(engine), names)
        refused = [each for each in chosen if not _store_news(engine, each)]
        if atom is not None:
            _write_feed(engine, atom, chosen)
        for search in chosen:
            for delivery in saved_searches.unconfirmed(engine, search.name):
                answers.append(_deliver(engine, search, delivery, arguments, hook))
                if not as_json:
                    _print(answers[-1])
                if answers[-1]["failed"] is None:
                    accepted.append(delivery)
                if not as_json:
                    _confirm(engine, accepted)
        if as_json:
            print_json({"deliveries": answers})
            _confirm(engine, accepted)
    if refused or any(each["failed"] is not None for each in answers):
        raise typer.Exit(1)


def _store_news(engine: "Engine", search: "SavedSearch") -> bool:
    """Store the news of a search. Returns False, with a line on stderr, if this version refuses its query."""
    from storage.watches.saved_searches import note_news

    try:
        note_news(engine, search, now=datetime.now(UTC))
    except UsageError as error:
        line = message(
            "{name!s}: {why}; remove it, and add it with another query", name=search.name, why=words_of(error)
        )
        print_notice(line)
        return False
    return True


def _confirm(engine: "Engine", accepted: "list[Delivery]") -> None:
    from storage.watches.saved_searches import confirm

    while accepted:
        confirm(engine, accepted.pop(0), now=datetime.now(UTC))


def _chosen(searches: "list[SavedSearch]", names: list[str] | None) -> "list[SavedSearch]":
    by_name = {each.name: each for each in searches}
    for name in names or ():
        if name not in by_name:
            raise UsageError(message("no saved search is called {name!r}; `warraq watch list` shows them", name=name))
    return [by_name[name] for name in dict.fromkeys(names or by_name)]


def _deliver(
    engine: "Engine",
    search: "SavedSearch",
    delivery: "Delivery",
    arguments: list[str] | None,
    hook: "Webhook | None",
) -> dict[str, Any]:
    """Send one delivery to the program and the webhook; return its JSON, with `failed`: None, or the reason."""
    import orjson

    from crawler.delivery.program import run_program
    from crawler.delivery.watch_feed import delivery_json

    record = delivery_json(engine, search, delivery)
    content = orjson.dumps(record)
    failures = []
    if arguments is not None:
        failures.append(run_program(arguments, content))
    if hook is not None:
        failures.append(hook.post(content, f"warraq-{search.added_at:%Y%m%dT%H%M%S}-{delivery.number}"))
    why = next((each for each in failures if each is not None), None)
    if why is not None:
        line = message("{name!s}, delivery {n}: {why}; it comes again", name=search.name, n=delivery.number, why=why)
        print_notice(line)
    return {**record, "failed": why}


def _print(answer: dict[str, Any]) -> None:
    from crawler.output.watch_view import print_delivery

    print_delivery(answer)
    sys.stdout.flush()


def _write_feed(engine: "Engine", file: Path, chosen: "list[SavedSearch]") -> None:
    from crawler.delivery.watch_feed import FEED_ENTRIES, write_feed
    from storage.watches.saved_searches import latest_deliveries

    write_feed(engine, file, [(each, latest_deliveries(engine, each.name, FEED_ENTRIES)) for each in chosen])


def _webhook(url: str, allow_host: list[str] | None) -> "Webhook":
    import os

    from crawler.delivery.webhook import Webhook
    from crawler.http.address_rules import ALLOW, parse_allowed

    try:
        allowed = parse_allowed([*(allow_host or ()), *os.environ.get(ALLOW, "").split(",")])
    except ValueError as error:
        raise UsageError(*error.args) from error
    return Webhook(url, allowed)


def _name_of(query: str, longest: int) -> str:
    """A default name: the query's words, joined by hyphens."""
    import re

    return "-".join(re.findall(r"\w+", query))[:longest].strip("-")
