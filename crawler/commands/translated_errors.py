"""Typer's messages for wrong calls in the user's language, made from the data of its errors.

Typer's own messages are in English only. Exit codes and the English messages do not change.
"""

import difflib
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import typer

from crawler.output.stderr_lines import print_stderr
from crawler.translation import _
from storage.messages import Message, message

_errors: Any = sys.modules[typer.BadParameter.__module__]  # of Typer's own copy of click; before 0.29, of click
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # would reach the terminal


def translate_errors(command: Any) -> None:
    """Make a command, and a group with its list of commands, report wrong calls in the user's language."""
    command.parse_args = partial(_translated_call, _of_arguments, command.parse_args)
    if hasattr(command, "resolve_command"):
        command.resolve_command = partial(_translated_call, _of_command, command.resolve_command)
        command.invoke = partial(_invoked, command.invoke)


def _translated_call(words: Callable[..., Message], step: Callable[..., Any], context: Any, args: list[str]) -> Any:
    """Call `step`; if it raises an error that Typer will show, that error shows these words."""
    arguments = tuple(args)
    try:
        return step(context, args)
    except _errors.UsageError as error:
        if not isinstance(error, _errors.NoArgsIsHelpError) and "show" not in vars(error):
            error.show = partial(_show, error, words(error, context, arguments))
        raise


def _invoked(invoke: Callable[[Any], Any], context: Any) -> Any:
    try:
        return invoke(context)
    except typer.Abort:  # "no" to a question
        print_stderr(_(message("Aborted!")))
        raise typer.Exit(1) from None
    except _errors.UsageError as error:
        if error.ctx is context and "show" not in vars(error):
            error.show = partial(_show, error, message("Missing command."))
        raise


def _show(error: Any, words: Message, _file: Any = None) -> None:
    """Print the usage, how to get help, and the error, like UsageError.show of Typer."""
    context = error.ctx
    if context is not None:
        call = f"{context.command_path} {context.help_option_names[0]}"
        print(_usage(context), file=sys.stderr)
        print_stderr(_(message("Try '{call!s}' for help.", call=call)), end="\n\n")
    print_stderr(_(message("Error: {what}", what=words)))


def _usage(context: Any) -> str:
    """The usage line, like `Context.get_usage`, for stderr."""
    formatter = context.make_formatter()
    formatter.stream = sys.stderr
    context.command.format_usage(context, formatter)
    return str(formatter.getvalue()).rstrip("\n")


def _of_command(error: Any, context: Any, args: Sequence[str]) -> Message:
    near = difflib.get_close_matches(args[0], context.command.commands)
    if not near:
        return message("No such command {name!r}.", name=args[0])
    names = ", ".join(map(repr, near))
    return message("No such command {name!r}. Did you mean {names!s}?", name=args[0], names=names)


def _of_arguments(error: Any, context: Any, args: Sequence[str]) -> Message:
    parameter = getattr(error, "param", None)
    if isinstance(error, _errors.NoSuchOption | _errors.BadOptionUsage):
        return _of_option(error, context)
    if isinstance(error, _errors.MissingParameter) and parameter is not None:
        if parameter.param_type_name == "option":
            return message("Missing option {name!s}.", name=_name_of(parameter))
        return message("Missing argument {name!s}.", name=_name_of(parameter))
    if parameter is not None:
        return message("Invalid value for {name!s}: {why}", name=_name_of(parameter), why=_why_invalid(error))
    if type(error) is _errors.UsageError:
        further = " ".join(context.command.make_parser(context).parse_args(args=list(args))[1])
        return message("Got unexpected extra argument(s) ({words!s})", words=_visible(further))
    return message("{what!s}", what=error.format_message())


def _of_option(error: Any, context: Any) -> Message:
    name = _visible(error.option_name)
    if isinstance(error, _errors.NoSuchOption):
        if not error.possibilities:
            return message("No such option: {name!s}", name=name)
        near = ", ".join(sorted(error.possibilities))
        return message("No such option: {name!s} (Possible options: {names!s})", name=name, names=near)
    options = [each for each in context.command.get_params(context) if name in (*each.opts, *each.secondary_opts)]
    if any(each.is_flag for each in options):
        return message("Option {name!r} does not take a value.", name=name)
    return message("Option {name!r} requires an argument.", name=name)


def _name_of(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return " / ".join(f"'{each}'" for each in parameter.opts)
    return f"'{getattr(parameter, 'display_name_raw', None) or parameter.human_readable_name}'"


def _why_invalid(error: Any) -> str:
    """Why a value is invalid; in the words of Typer or pydantic for reasons that are not listed here."""
    stated = getattr(error.param, "type_descriptor", None)
    problems: list[Any] = getattr(error.__cause__, "errors", list)()
    if not problems:
        return str(error.message)
    value, kind, limits = problems[0]["input"], problems[0]["type"], problems[0].get("ctx", {})
    if stated is not None and stated.choices:
        choices = ", ".join(repr(getattr(each, "value", each)) for each in stated.choices)
        return message("{value!r} is none of {choices!s}", value=value, choices=choices)
    reasons = {
        "int": message("{value!r} is no whole number", value=value),
        "float": message("{value!r} is no number", value=value),
        "greater": message("{value} is less than {least}", value=value, least=limits.get("ge")),
        "less": message("{value} is more than {most}", value=value, most=limits.get("le")),
    }
    return reasons.get(kind.partition("_")[0], str(error.message))


def _visible(text: str) -> str:
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
