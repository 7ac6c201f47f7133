"""A disk of a few megabytes, mounted for a test; it can become read-only, as a failing disk does."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A folder on a file system of its own. Skips the test where this user may not mount one."""
    folder.mkdir()
    mounted = mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_read_only(folder: Path) -> None:
    """Make the disk refuse every write."""
    _remount(folder, "ro")


def make_writable(folder: Path) -> None:
    """Make the disk writable again."""
    _remount(folder, "rw")


def resize(folder: Path, megabytes: int) -> None:
    """Give the disk another size."""
    _remount(folder, f"size={megabytes}m")


def _remount(folder: Path, option: str) -> None:
    done = mount("-o", f"remount,{option}", str(folder))
    assert done.returncode == 0, done.stderr


def mount(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)


def fill_up(folder: Path, *, leave: int = 0) -> Path:
    """Write a file that leaves only so many bytes free."""
    path = folder / "filling"
    size = 0
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            size += file.write(b"\0" * 4096)
    with path.open("r+b") as file:
        file.truncate(max(0, size - leave))
    return path
