"""The command line `warraq`: runs its commands, and turns errors into one line on stderr and an exit code."""

import errno
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from crawler.commands.command_groups import GroupedCommands
from crawler.commands.translated_help import translate_help
from crawler.output import streams
from crawler.output.stderr_lines import print_notice, print_stderr, show_log
from crawler.translation import _, language
from storage.errors import ArchiveError, Interrupted, WarraqError
from storage.messages import message, words_of

app = typer.Typer(
    name="warraq",
    cls=GroupedCommands,
    help="ورّاق: crawl Arabic news sites, keep what they publish, and find it again.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 20 ms

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
    raise Interrupted(message("interrupted"))


def main() -> None:
    """Run the command line. A WarraqError ends as one line on stderr and the exit code of its class."""
    streams.prepare()
    show_log()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        _run()
    except (WarraqError, Interrupted) as error:
        print_stderr(f"warraq: {error_line(error)}")
        streams.flush_or_discard()
        sys.exit(error.exit_code)
    except OSError as error:
        if not (streams.is_broken_pipe(error) or streams.is_refused(error)):
            raise
        streams.discard_stdout()
        if streams.is_broken_pipe(error):
            sys.exit(0)
        print_notice(message("can't write the answer: {why}", why=error.strerror))
        sys.exit(ArchiveError.exit_code)


# Prefixes of untranslated error messages, by exit code.
_KINDS = {
    1: message("it could not be done"),
    2: message("the call is wrong"),
    3: message("nothing was done"),
    4: message("interrupted"),
    5: message("the archive or its disk refused"),
}


def error_line(error: WarraqError | Interrupted) -> str:
    """The error message in the user's language. Without a translation: its kind in that language, then the English."""
    text = words_of(error)
    shown = _(text)
    return shown if language() is None or shown != text else f"{_(_KINDS[error.exit_code])}: {text}"


def _run() -> None:
    """Run the command and flush stdout while a write error can still be reported."""
    try:
        command = typer.main.get_command(app)
        if language() is not None:
            translate_help(command)
        command(prog_name="warraq")  # the name that help shows, also for `python -m crawler`
    except SystemExit as end:
        if streams.is_broken_pipe(end.__context__):  # Typer turns a broken pipe into SystemExit
            raise BrokenPipeError(errno.EPIPE, "the reader has stopped") from None
        sys.stdout.flush()
        raise


if __name__ == "__main__":
    main()
