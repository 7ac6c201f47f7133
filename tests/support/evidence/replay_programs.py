"""Other programs that read Warraq's files: pywb and py-wacz, from this environment, the PATH, or a new environment."""

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.requirements import lacks
from tests.support.source_tree import ROOT


def programs(name: str, package: str, home: Path, *, named: str | None, beside: tuple[str, ...] = ()) -> Path:
    """The folder of a program.

    named: the program or its folder, as the environment states it. beside: further packages to install in a new
    environment.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    program = named or shutil.which(name, path=path)
    if program:
        return Path(program) if Path(program).is_dir() else Path(program).parent
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["bench"]
    wanted = [each for each in extra if each.startswith((package, *beside))]
    made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        command = [home / "bin/python", "-m", "pip", "install", "-q", *wanted]
        made = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    if made.returncode != 0:
        lacks(package, f"{' '.join(wanted)} can't be installed: {made.stderr.strip().splitlines()[-1:]}")
    return home / "bin"


@contextmanager
def served_by_pywb(pywb: Path, home: Path, *add: str | Path) -> Iterator[str]:
    """The URL of a pywb collection, created by `wb-manager add` with these arguments. home: an empty folder."""
    for command in (["init", "ours"], ["add", *map(str, add)]):
        subprocess.run([pywb / "wb-manager", *command], cwd=home, check=True, capture_output=True, timeout=60)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [pywb / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while True:  # until it answers: at first it resets connections that it has taken
            try:
                get(f"http://127.0.0.1:{port}/ours/")
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/ours"
    finally:
        server.kill()
        server.wait()


def get(url: str) -> tuple[str, str]:
    """Request a page: (body, time of the capture that was served)."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - of our own server
        return answer.read().decode(), answer.headers.get("Memento-Datetime", "")
