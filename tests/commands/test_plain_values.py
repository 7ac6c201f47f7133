"""Values that pass Typer's conversion by: they come out as it makes them, and what it refuses it still refuses."""

from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from typer.models import OptionInfo

from crawler.commands import plain_values
from crawler.commands.command_table import COMMANDS, load

VALUES = (
    None,
    "",
    "x",
    "5",
    "0",
    "-3",
    "007",
    "٥",
    "1.5",
    " 5",
    "newest",
    "Newest",
    "live",
    "json",
    "true",
    "99999999999999999999",
    "/",
    "/no/such",
)


def _commands(command: Any) -> list[Any]:
    return (
        [each for under in command.commands.values() for each in _commands(under)]
        if hasattr(command, "commands")
        else [command]
    )


EVERY = [each for name in COMMANDS for each in _commands(load(name))]


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.name)
def test_a_value_is_what_typer_makes_of_it(command: Any) -> None:
    context = command.context_class(command)
    for parameter in command.get_params(context):
        if not hasattr(parameter, "type_descriptor") or parameter.callback is not None or parameter.is_eager:
            continue
        many = parameter.multiple or parameter.nargs != 1
        for value in (
            parameter.default,
            *(((each,) if each is not None else None) if many else each for each in VALUES),
        ):
            assert _said(parameter.process_value, context, value) == _said(
                type(parameter).process_value.__get__(parameter), context, value
            ), (parameter.name, value)


def _said(convert: Any, context: Any, value: Any) -> tuple[str, Any, str]:
    try:
        made = convert(context, value)
    except Exception as error:  # of Typer's own kind, which is no public name
        return type(error).__name__, None, str(error)
    return type(made).__name__, made, ""


def test_a_path_that_cannot_be_read_is_left_to_typer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    stated = OptionInfo()
    assert plain_values._plain(Path, stated, str(tmp_path)) is plain_values._NOT_PLAIN
    assert plain_values._plain(Path, stated, str(tmp_path / "missing")) == tmp_path / "missing"
    assert plain_values._plain(Path, OptionInfo(exists=True), str(tmp_path / "missing")) is plain_values._NOT_PLAIN


def test_what_has_a_parser_of_its_own_is_left_to_typer() -> None:
    class Colour(Enum):
        RED = "red"

    assert plain_values._plain(str, OptionInfo(parser=len), "abc") is plain_values._NOT_PLAIN
    assert plain_values._plain(Colour, OptionInfo(), "red") is Colour.RED
    assert plain_values._plain(float, OptionInfo(), "1.5") is plain_values._NOT_PLAIN
