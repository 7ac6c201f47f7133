"""Merkle trees as in RFC 6962 §2.1: leaves and nodes are hashed with different prefixes."""

import hashlib
from collections.abc import Iterable

HASH_BYTES = 32


def leaf_hash(content: bytes) -> bytes:
    """SHA-256 of 0x00 and the content. content: the bytes of a record in its file, one gzip member."""
    return hashlib.sha256(b"\0" + content).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree of these leaf hashes, in order; without leaves SHA-256 of the empty string."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        # An unpaired last node moves up unchanged, which yields the tree of RFC 6962, defined from the top.
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
