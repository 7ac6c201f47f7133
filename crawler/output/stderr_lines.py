"""Messages on stderr beside a command's answer, in the user's language."""

import logging
import sys

from crawler.translation import _, terminal_line
from storage.messages import Message


def print_notice(words: str) -> None:
    """Print one line on stderr after the program's name."""
    print_stderr(f"warraq: {_(words)}")


def print_stderr(line: str, end: str = "\n") -> None:
    """Print a line on stderr, laid out for the terminal there."""
    print(terminal_line(line, sys.stderr), end=end, file=sys.stderr)


class LoggedNotices(logging.Handler):
    """A logging handler that prints records as notices on stderr, and translates a Message."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record as a line."""
        (logged,) = record.args if isinstance(record.args, tuple) and len(record.args) == 1 else (None,)
        print_notice(logged if isinstance(logged, Message) else record.getMessage())


def show_log() -> None:
    """Show logged warnings on stderr if no handler was set up, as in commands other than crawls."""
    logging.lastResort = LoggedNotices(logging.WARNING)
