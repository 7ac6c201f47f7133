"""Writes the generated part of docs/commands.md: every command with its help, arguments and options.

`python -m tests.support.commands_page` also writes the commands' lines in `warraq --help`; tests/house/test_docs.py
fails while the files differ from its output.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import EnumMeta
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from crawler.commands.command_table import COMMANDS, HELP_LINES, declared, load
from crawler.commands.translated_help import paragraphs

PAGE = Path(__file__).parents[2] / "docs/commands.md"
MARK = "<!-- From here on written by: python -m tests.support.commands_page -->\n"


@dataclass(frozen=True)
class Parameter:
    """An argument or option as it is declared. kind: the type of its value; default: None where it has none."""

    declared: ArgumentInfo | OptionInfo
    kind: Any
    default: Any
    required: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of an option, such as ("--json",); () for an argument."""
        if not isinstance(self.declared, OptionInfo):
            return ()
        # Within Annotated the first name stands where Typer otherwise has the default.
        return (self.declared.default, *(self.declared.param_decls or ()))

    @property
    def values(self) -> str:
        """The placeholder after an option's name in its help; "" for a flag."""
        if isinstance(self.kind, EnumMeta):
            return "|".join(each.value for each in self.kind)
        return (self.declared.metavar or "").strip("[]")


def commands() -> dict[str, Callable[..., None]]:
    """The functions of the commands, in the order of `warraq --help`; those of a group follow the others."""
    every: dict[str, Callable[..., None]] = {}
    for name in COMMANDS:
        made = declared(name)
        if not isinstance(made, typer.Typer):
            every[name] = made
            continue
        if made.registered_callback and made.registered_callback.callback:  # does something without a further word
            every[name] = made.registered_callback.callback
        every |= {f"{name} {each.name}": each.callback for each in made.registered_commands if each.callback}
    return every


def help_lines() -> str:
    """The content of crawler/commands/help_lines.tsv: the first paragraph of each command's help."""
    return "".join(f"{name}\t{paragraphs(load(name).help)[0]}\n" for name in COMMANDS)


def parameters(command: Callable[..., None]) -> Iterator[Parameter]:
    hints = get_type_hints(command, include_extras=True)
    for name, parameter in inspect.signature(command).parameters.items():
        if hints[name] is typer.Context:
            continue
        kind, declared = get_args(hints[name])
        required = parameter.default is inspect.Parameter.empty
        yield Parameter(declared, kind, None if required else parameter.default, required)


def options(command: Callable[..., None]) -> set[str]:
    return {name for each in parameters(command) for name in each.names} | {"--help"}


def render() -> str:
    return "\n".join(_section(name, command) for name, command in commands().items())


def _section(name: str, command: Callable[..., None]) -> str:
    declared_parameters = list(parameters(command))
    positional = [
        (each.values if each.required else f"[{each.values}]") for each in declared_parameters if not each.names
    ]
    usage = " ".join([f"warraq {name} [OPTIONS]", *positional])
    lines = [f"## warraq {name}", "", "```", usage, "```", "", _help(inspect.getdoc(command) or ""), ""]
    return "\n".join([*lines, "| | |", "| --- | --- |", *(_row(each) for each in declared_parameters), ""])


def _help(text: str) -> str:
    """Join each paragraph into one line, and put examples, which are indented, in a fence."""
    prose, _, examples = text.partition("For example:")
    paragraphs = [" ".join(each.split()) for each in prose.strip().split("\n\n")]
    calls = [line.strip() for line in examples.splitlines() if line.strip()]
    return "\n\n".join([*paragraphs, "```sh\n" + "\n".join(calls) + "\n```"])


def _row(parameter: Parameter) -> str:
    declared = parameter.declared
    spelled = f"{', '.join(parameter.names)} {parameter.values}".strip()
    sentences = [declared.help or "", *_limits(declared), *_default(parameter)]
    if declared.envvar:
        sentences.append(f"Or the environment variable `{declared.envvar}`.")
    return f"| `{_cell(spelled)}` | {_cell(' '.join(sentences))} |"


def _cell(text: str) -> str:
    """Escape a table cell: "|" would end it, and <…> would be read as a tag."""
    return re.sub(r"([|<])", r"\\\1", text)


def _limits(declared: ArgumentInfo | OptionInfo) -> list[str]:
    if declared.max is not None:
        return [f"From {declared.min:,} to {declared.max:,}."]
    return [f"At least {declared.min:g}."] if declared.min else []


def _default(parameter: Parameter) -> list[str]:
    if isinstance(parameter.declared.show_default, str):
        return [f"Default: `{parameter.declared.show_default}`."]
    if parameter.default in (None, False, ""):
        return []
    return [f"Default: `{parameter.default}`."]


if __name__ == "__main__":
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{written}{MARK}\n{render()}", encoding="utf-8")
    HELP_LINES.write_text(help_lines(), encoding="utf-8")
