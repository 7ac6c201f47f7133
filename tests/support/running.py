"""Run `warraq` in a process of its own; its output and exit code."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.warm.warm_start import WarmProcess

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    dropped = ("WARRAQ_", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "no_proxy")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    contact = {"WARRAQ_CONTACT": "https://tests.example.org/"}  # commands ask no site without one
    return {**kept, **contact, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **more}


def start(*arguments: str, cwd: Path, **env: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=cwd,
        env=environment(**env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


_warm: WarmProcess | None = None


def warraq(*arguments: str, cwd: Path, timeout: float = 240, **env: str) -> Ran:
    """Run the command in a process of its own, with preloaded modules where `env` does not change the interpreter."""
    global _warm  # noqa: PLW0603 - one for this process, made when first needed
    if any(name.startswith(("PYTHON", "LANG", "LC_")) for name in env):
        return _cold(*arguments, cwd=cwd, timeout=timeout, **env)
    _warm = _warm or WarmProcess("crawler.__main__", environment())
    code, out, err = _warm.run(arguments, cwd=cwd, env=environment(**env), timeout=timeout)
    if code is None:
        raise AssertionError(f"warraq {' '.join(arguments)} did not end within {timeout} s:\n{out}\n{err}")
    return Ran(code, out, err)


def _cold(*arguments: str, cwd: Path, timeout: float, **env: str) -> Ran:
    process = start(*arguments, cwd=cwd, **env)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"warraq {' '.join(arguments)} did not end within {timeout} s:\n{out}\n{err}") from None
    return Ran(process.returncode, out, err)


def python(code: str, *, cwd: Path) -> Ran:
    """Run this code in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)
