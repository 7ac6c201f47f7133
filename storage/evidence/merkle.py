"""Merkle trees as in RFC 6962 §2.1: leaves and nodes are hashed with different first bytes."""

import hashlib
from collections.abc import Iterable

HASH_BYTES = 32


def leaf_hash(content: bytes) -> bytes:
    """SHA-256 of 0x00 and the content, which is a record as it lies in its file: one gzip member."""
    return hashlib.sha256(b"\0" + content).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree over these leaf hashes, in order. Of no leaf: SHA-256 of nothing."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        # The last one of an odd number goes up as it is: the same tree as RFC 6962's, which splits from the top.
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
