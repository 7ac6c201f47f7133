"""robots.txt files of earlier runs, stored in the archive's folder, so that not every crawl requests them again."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from storage.errors import ArchiveError
from storage.files import replacement

# RFC 9309 §2.4 allows a day. A new rule of a site takes effect after eight hours at most.
BELIEVED_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A folder with one file per origin: the first line has the origin and the time of the response, the rest the body.

    A robots.txt that could not be read is not stored. A file that is damaged, or dated in the future, is ignored.
    """

    folder: Path

    def body(self, origin: str, *, now: datetime) -> bytes | None:
        """The origin's robots.txt of the last eight hours; None if none is stored. Empty: the origin has none."""
        try:
            head, mark, body = self._path(origin).read_bytes().partition(b"\n")
            whose, at = head.decode().split(" ")
            answered = datetime.fromisoformat(at)
        except (OSError, ValueError):
            return None
        if not mark or whose != origin or answered.tzinfo is None:
            return None
        return body if answered <= now < answered + BELIEVED_FOR else None

    def keep(self, origin: str, body: bytes, *, now: datetime) -> None:
        """Store a robots.txt. If the disk refuses, the next run requests it again."""
        with suppress(OSError, ArchiveError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacement(self._path(origin)) as out:
                out.write(f"{origin} {now.astimezone(UTC).isoformat()}\n".encode() + body)

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()[:32]}.txt"
