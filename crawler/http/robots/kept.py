"""robots.txt files of earlier runs, in the archive's folder: not every crawl of a day has to request them again."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from storage.errors import ArchiveError
from storage.files import replacement

# RFC 9309 §2.4 allows a day. What a site forbids from now on is obeyed after eight hours at most.
BELIEVED_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A folder with one file an origin: its first line has the origin and when it answered, the rest is the body.

    One that could not be read is not kept. A file that is damaged, or dated in the future, counts as none.
    """

    folder: Path

    def body(self, origin: str, *, now: datetime) -> bytes | None:
        """What the origin answered in the last eight hours; None: nothing. Empty: it has no robots.txt."""
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
        """Keep an answer. Where the disk refuses, the next run requests it again."""
        with suppress(OSError, ArchiveError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacement(self._path(origin)) as out:
                out.write(f"{origin} {now.astimezone(UTC).isoformat()}\n".encode() + body)

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()[:32]}.txt"
