"""State of the demo between runs, in demo.json beside its archive, so that each run serves the same newspaper."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.errors import ArchiveError, UsageError
from storage.messages import message

FILE = "demo.json"
FIRST_DAY_H = 50  # before now


@dataclass(frozen=True, slots=True)
class DemoState:
    """The newspaper as the last run served it.

    port: the server's; 0: any free one. began: time of the first crawl by the demo's clock, ISO 8601. day: the
    newspaper's day. behind_h: hours by which the demo's clock is behind, so that crawls of later days are not in the
    future.
    """

    port: int
    began: str
    day: int
    behind_h: int = FIRST_DAY_H


def load(folder: Path) -> DemoState:
    """The state in the folder; the state of the first day if there is none yet.

    Raises UsageError if the folder has other files or the state is damaged, ArchiveError if it can't be read.
    """
    path = folder / FILE
    try:
        return DemoState(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(
                message("{folder} is not empty and holds no demo archive; name another folder", folder=folder)
            ) from None
        began = datetime.now(UTC) - timedelta(hours=FIRST_DAY_H)
        return DemoState(0, began.isoformat(timespec="seconds"), 1)
    except (ValueError, TypeError) as error:
        raise UsageError(
            message("{path} is damaged ({error}); begin again with --fresh", path=path, error=error)
        ) from error
    except OSError as error:
        raise ArchiveError(message("cannot read {path}: {why}", path=path, why=error.strerror)) from error


def save(folder: Path, state: DemoState) -> None:
    """Write the state. Raises ArchiveError."""
    path = folder / FILE
    try:
        path.write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError as error:
        raise ArchiveError(message("cannot write {path}: {why}", path=path, why=error.strerror)) from error


def remove(folder: Path) -> None:
    """Delete the demo's archive with its state. Raises UsageError if the folder is no demo's."""
    if not folder.exists():
        return
    if not (folder / FILE).exists():
        raise UsageError(message("{folder} is not a demo's archive; nothing was deleted", folder=folder))
    shutil.rmtree(folder)
