"""The help of commands and options in the user's language."""

import re
from collections.abc import Iterable
from typing import Any, TextIO

from typer.core import TyperGroup

from crawler.translation import _, terminal_line

_Formatter: Any = TyperGroup.context_class.formatter_class

_COLUMNS = re.compile(r"(\s*(?:\S+(?: \S+)*? {2,})?)(.*)")
_EXTRA = re.compile(r"(?<=[\[ ])(required|default|env var)(?=[\]:;])")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each on one line; indented examples unchanged."""
    return [each if each.startswith(" ") else " ".join(each.split()) for each in text.strip("\n").split("\n\n")]


def translate_help(command: Any) -> None:
    """Translate the help of a command, its options and its subcommands, and the messages for wrong calls."""
    from crawler.commands.translated_errors import translate_errors

    command.context_class = _Context
    translate_errors(command)
    if command.help:
        command.help = "\n\n".join(_(each) for each in paragraphs(command.help))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _(parameter.help)
    for each in getattr(command, "commands", {}).values():
        translate_help(each)


class _HelpFormatter(_Formatter):  # type: ignore[misc]
    """Formats help with translated headings and Typer additions, and Arabic laid out for terminals.

    stream: where the help will be written; None: stdout.
    """

    stream: TextIO | None = None

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        translated = [(term, _EXTRA.sub(lambda match: _(match[1]), _(text))) for term, text in rows]
        super().write_dl(translated, *args, **kwargs)

    def getvalue(self) -> str:
        text: str = super().getvalue()
        return "\n".join(_terminal_help(line, self.stream) for line in text.split("\n"))


_Context = type("_Context", (TyperGroup.context_class,), {"formatter_class": _HelpFormatter})


def _terminal_help(line: str, stream: TextIO | None) -> str:
    """A line of help for a terminal; command lines stay from left to right."""
    if line.lstrip().startswith("warraq"):
        return line
    left, right = _COLUMNS.fullmatch(line).groups()  # type: ignore[union-attr]
    return f"{left}{terminal_line(right, stream)}"
