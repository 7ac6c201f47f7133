"""The signature of a text: a sample of its 3-word shingles, by which candidates for copies are found. Pure.

The sample is the shingles with the smallest hashes (Broder 1997: a bottom-k sketch), so that texts that share shingles
share some of the sample, whatever their lengths.
"""

from zlib import crc32

from storage import arabic
from storage.similar.credit_lines import without_credits

SHARED = 3  # threshold: fewest hashes that a candidate shares with the text
MOST = 64  # most hashes of a signature

_RANGE = 1 << 32  # number of values of a hash
_LONGEST = 100_000  # letters of a text that are read
_REMEMBERED = 1 << 17


def _folded(raw: str) -> bytes:
    """The folded words, in UTF-8, of a part of the text between two blanks."""
    return " ".join(arabic.tokens(raw)).encode()


_folded_before = arabic.Remembered(_folded, _REMEMBERED)
_AND = " و ".encode()


def signature(text: str) -> tuple[int, ...]:
    """At most MOST hashes of 32 bits, ascending, of a text without its credits; () where it is too short."""
    parts = without_credits(text[:_LONGEST]).split()
    joined = b" ".join(filter(None, map(_folded_before.__getitem__, parts)))
    if _AND in joined:  # a lone "و" is joined to the next word, as most newspapers write it
        joined = joined.replace(_AND, _AND[:-1])
    words = joined.split()
    hashes = set(map(crc32, map(b" ".join, zip(words, words[1:], words[2:], strict=False))))
    if len(hashes) > 2 * MOST:  # sort only those that may be among the smallest
        bound = _RANGE // len(hashes) * MOST * 3 // 2
        small = sorted([each for each in hashes if each < bound])
        if len(small) >= MOST:
            return tuple(small[:MOST])
    return tuple(sorted(hashes)[:MOST])
