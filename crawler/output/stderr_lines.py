"""What a command says on stderr beside its answer, in the user's language."""

import sys

from crawler.translation import _, terminal_line


def print_notice(words: str) -> None:
    """One line on stderr, behind the program's name."""
    print_stderr(f"warraq: {_(words)}")


def print_stderr(line: str, end: str = "\n") -> None:
    """A line on stderr as it is, laid out as the terminal there needs it."""
    print(terminal_line(line, sys.stderr), end=end, file=sys.stderr)
