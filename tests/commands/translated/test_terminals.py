"""An Arabic line is laid out for the stream that it goes to: stdout may be a file while stderr is a terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import environment

ISOLATE = "\u2067"


def stderr_of(arguments: list[str], folder: Path, *, terminal: str) -> str:
    """What the command says on stderr where one of the two streams ("stdout", "stderr") is a terminal, and one a pipe."""
    own, given = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, terminal: given}
    command = [sys.executable, "-m", "crawler", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment(WARRAQ_LANG="ar"), **streams) as process:  # type: ignore[call-overload]
        os.close(given)
        said = process.stderr.read() if process.stderr is not None else b""
        while terminal == "stderr":
            try:
                piece = os.read(own, 4096)
            except OSError:  # the last process that had the terminal has ended
                break
            said += piece
    os.close(own)
    return said.decode()


@pytest.mark.parametrize("arguments", [["search", "كلمة"], ["search", "كلمة", "--limt", "3"]])
def test_an_error_is_laid_out_for_stderr(arguments: list[str], tmp_path: Path) -> None:
    on_terminal = stderr_of(arguments, tmp_path, terminal="stderr")
    in_file = stderr_of(arguments, tmp_path, terminal="stdout")
    assert ISOLATE in on_terminal
    assert ISOLATE not in in_file
    assert in_file.strip()
