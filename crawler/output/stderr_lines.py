"""What a command says on stderr beside its answer, in the user's language."""

import logging
import sys

from crawler.translation import _, terminal_line
from storage.messages import Message


def print_notice(words: str) -> None:
    """One line on stderr, behind the program's name."""
    print_stderr(f"warraq: {_(words)}")


def print_stderr(line: str, end: str = "\n") -> None:
    """A line on stderr as it is, laid out as the terminal there needs it."""
    print(terminal_line(line, sys.stderr), end=end, file=sys.stderr)


class LoggedNotices(logging.Handler):
    """What is logged while nothing else takes the log, as notices; a Message is shown in the user's language."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record as a line."""
        (logged,) = record.args if isinstance(record.args, tuple) and len(record.args) == 1 else (None,)
        print_notice(logged if isinstance(logged, Message) else record.getMessage())


def show_log() -> None:
    """Show warnings that are logged where no handler was set up: by commands other than crawls."""
    logging.lastResort = LoggedNotices(logging.WARNING)
