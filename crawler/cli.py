"""The command line, `warraq`: which commands there are, and what an error becomes."""

import os
import signal
import sys
from importlib.metadata import PackageNotFoundError, version
from types import FrameType
from typing import Annotated, NoReturn

import typer

from crawler.commands import asking, crawling, demo, exporting, reading
from crawler.errors import WarraqError

app = typer.Typer(
    name="warraq",
    help="ورّاق: crawl Arabic news sites, keep what they publish, and find it again.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("demo")(demo.demo)
app.command("sites")(crawling.list_sites)
app.command("crawl")(crawling.crawl)
app.command("read")(reading.read)
app.command("search")(asking.search)
app.command("show")(asking.show)
app.command("history")(asking.history)
app.command("stats")(asking.stats)
app.command("runs")(asking.runs)
app.command("export")(exporting.export)
app.command("reindex")(exporting.reindex)


class Interrupted(WarraqError):
    """Ctrl-C, outside of a crawl (which ends itself in order)."""

    exit_code = 4


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            print(f"warraq {version('warraq')}")
        except PackageNotFoundError:
            print("warraq (not installed)")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Interrupted("interrupted")


def main() -> None:
    """Run the command line; every error that Warraq raises on purpose ends as one line and its exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except WarraqError as error:
        print(f"warraq: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has stopped; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
