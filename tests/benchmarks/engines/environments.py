"""Makes the environments of engines that pin other versions of a library than Warraq; once, in a cache folder.

The folder is $XDG_CACHE_HOME/warraq-benchmark, or one in the folder of temporary files; never in the repository.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

INSTALL_S = 900  # psycopg2, lxml, boto3 and their like over a slow line


class EnvironmentFailed(Exception):
    """The packages can't be installed here; the message is the last line of pip's output."""


def cache_folder() -> Path:
    """The folder of the environments, writable by nobody else, because its files are executed."""
    base = os.environ.get("XDG_CACHE_HOME")
    folder = (
        Path(base) / "warraq-benchmark" if base else Path(tempfile.gettempdir()) / f"warraq-benchmark-{os.getuid()}"
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():
        raise EnvironmentFailed(f"{folder} belongs to another user")
    folder.chmod(0o700)
    return folder


def python_with(requirements: Sequence[str]) -> Path:
    """A Python that has the packages: this one if it has them all (extra `bench`), else one of their own.

    requirements: names as pip takes them, without versions: the newest are measured. Raises EnvironmentFailed.
    """
    if all(_installed(name) for name in requirements):
        return Path(sys.executable)
    key = sha256("\n".join([sys.version, *sorted(requirements)]).encode()).hexdigest()[:12]
    folder = cache_folder() / f"{requirements[0]}-{key}"
    with _locked(folder.with_suffix(".lock")):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, requirements)
    return folder / "bin" / "python"


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _make(folder: Path, requirements: Sequence[str]) -> None:
    python = str(folder / "bin" / "python")
    # The pip that comes with Python 3.11 does not match lxml's extra `html_clean`.
    steps = (
        [sys.executable, "-m", "venv", str(folder)],
        [python, "-m", "pip", "install", "--quiet", "--upgrade", "pip"],
        [python, "-m", "pip", "install", "--quiet", *requirements],
    )
    print(f"making an environment for {requirements[0]} in {folder}", file=sys.stderr)
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True, timeout=INSTALL_S, check=False)
        except subprocess.TimeoutExpired as error:
            raise EnvironmentFailed(f"installing took more than {INSTALL_S} s") from error
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            raise EnvironmentFailed(said[-1] if said else f"exit code {done.returncode}")
    (folder / "complete").touch()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
