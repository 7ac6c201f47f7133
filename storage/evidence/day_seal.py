"""A seal: the root of one day's tree, and the previous seal's digest. Its text is timestamped by an authority."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

FIRST = bytes(32)  # `previous` of the first seal
_TEXT = re.compile(
    rb"warraq seal 1\nnumber: (\d{1,9})\nday: (\d{4}-\d\d-\d\d)\nrecords: (\d{1,12})\nroot: ([0-9a-f]{64})\n"
    rb"list: ([0-9a-f]{64})\nprevious: ([0-9a-f]{64})\nsealed: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
)


@dataclass(frozen=True, slots=True)
class DaySeal:
    """One seal. number: from 1. day: of the records, in UTC. sealed_at: aware, by the local clock.

    root: of the tree. listed: SHA-256 of the list of its records. previous: digest of the seal before. 32 bytes each.
    """

    number: int
    day: date
    records: int
    root: bytes
    listed: bytes
    previous: bytes
    sealed_at: datetime

    def text(self) -> bytes:
        """The bytes of the seal's file, which are timestamped."""
        return (
            f"warraq seal 1\nnumber: {self.number}\nday: {self.day}\nrecords: {self.records}\n"
            f"root: {self.root.hex()}\nlist: {self.listed.hex()}\nprevious: {self.previous.hex()}\n"
            f"sealed: {self.sealed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        ).encode()

    def digest(self) -> bytes:
        """SHA-256 of the text, the same as `sha256sum` of the file."""
        return hashlib.sha256(self.text()).digest()


def parse_seal(text: bytes) -> DaySeal | None:
    """Parse the text of a seal; None if it has another format."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    number, day, records, root, listed, previous, sealed = (each.decode() for each in match.groups())
    try:
        at = datetime.strptime(sealed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        hashes = (bytes.fromhex(root), bytes.fromhex(listed), bytes.fromhex(previous))
        return DaySeal(int(number), date.fromisoformat(day), int(records), *hashes, at)
    except ValueError:
        return None
