"""Skip Typer's conversion of option values that need none: it loads pydantic, which takes 0.1 s of CPU."""

import os
import re
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

_NUMBER = re.compile("0|[1-9][0-9]{0,17}")
_NOT_PLAIN = object()


def spare_conversion(command: Any) -> None:
    """Let a command and its subcommands accept plain option values without Typer's conversion.

    Typer still handles every other value, such as an invalid one.
    """
    command.get_params = partial(_spared, command.get_params)
    for each in getattr(command, "commands", {}).values():
        spare_conversion(each)


def _spared(params_of: Callable[[Any], Any], context: Any) -> Any:
    parameters = params_of(context)
    for each in parameters:
        # Typer before 0.29 has no descriptor, and converts without pydantic.
        if hasattr(each, "type_descriptor") and "process_value" not in vars(each):
            each.process_value = partial(_processed, each, each.process_value)
    return parameters


def _processed(parameter: Any, convert: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    stated = parameter.type_descriptor
    if parameter.multiple or parameter.nargs != 1:
        plain = _plain_values(stated.annotation, stated.parameter_info, value)
    else:
        plain = None if value is None else _plain(stated.annotation, stated.parameter_info, value)
    if plain is _NOT_PLAIN or (parameter.required and plain in (None, (), [])):
        return convert(context, value)
    return plain if parameter.callback is None else parameter.callback(context, parameter, plain)


def _plain_values(kind: Any, declared: Any, values: Any) -> Any:
    if values is None:
        return ()
    if get_origin(kind) is not list or not isinstance(values, list | tuple):
        return _NOT_PLAIN
    plain = [_plain(get_args(kind)[0], declared, each) for each in values]
    return _NOT_PLAIN if _NOT_PLAIN in plain else plain


def _plain(kind: Any, declared: Any, value: Any) -> Any:
    """The converted value; _NOT_PLAIN if Typer must convert it."""
    if declared.parser is not None:
        return _NOT_PLAIN
    if kind is Path:
        return _path(declared, value)
    if kind is int:
        return _number(declared, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((each for each in kind if value in (each, each.value)), _NOT_PLAIN)
    is_right = isinstance(value, str) and (kind is str or (get_origin(kind) is Literal and value in get_args(kind)))
    return value if is_right else _NOT_PLAIN


def _number(declared: Any, value: Any) -> Any:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    is_within = type(value) is int and (declared.min or 0) <= value and (declared.max is None or value <= declared.max)
    return value if is_within else _NOT_PLAIN


def _path(declared: Any, value: Any) -> Any:
    """Convert the value of a path option whose only condition is that an existing path is readable."""
    checks = (declared.exists, declared.writable, declared.resolve_path, not declared.file_okay, not declared.dir_okay)
    if any(checks) or not isinstance(value, str | Path):
        return _NOT_PLAIN
    if os.path.exists(value) and not os.access(value, os.R_OK):  # noqa: PTH110
        return _NOT_PLAIN
    return Path(value)
