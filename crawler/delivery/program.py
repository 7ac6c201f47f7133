"""Delivery to a program, which gets the news of a saved search as JSON on its standard input."""

import shlex
import shutil
import subprocess
from collections.abc import Sequence

from storage.errors import UsageError
from storage.messages import message

TIMEOUT_S = 300


def program_arguments(command: str) -> list[str]:
    """Split a command into the program and its arguments, without a shell. Raises UsageError without such a program."""
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        raise UsageError(message("--exec {command!r} can't be read: {error}", command=command, error=error)) from error
    if not arguments or shutil.which(arguments[0]) is None:
        raise UsageError(message("--exec: there is no program {program!r}", program=arguments[0] if arguments else ""))
    return arguments


def run_program(arguments: Sequence[str], content: bytes) -> str | None:
    """Run the program to its end; returns None, or why it failed. Its output goes to stderr."""
    try:
        done = subprocess.run(arguments, input=content, stdout=2, timeout=TIMEOUT_S, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        return message("{program} did not end within {seconds} s", program=arguments[0], seconds=TIMEOUT_S)
    except OSError as error:
        return message("{program} can't be run: {why}", program=arguments[0], why=error.strerror)
    if done.returncode == 0:
        return None
    return message("{program} ended with exit code {code}", program=arguments[0], code=done.returncode)
