"""Decoding of bodies. Bombs and cut bodies from a server: tests/faults/test_servers.py."""

import gzip
import random
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotlicffi
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.content_encoding import decode
from storage.errors import CutShort, TooLarge
from tests.support.hostile import Server, crawl, page
from tests.support.running import ROOT, python


def raw_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(body) + compressor.flush()


ENCODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotlicffi.compress),
    "zstd": ("zstd", zstandard.ZstdCompressor().compress),
}
TEXT = "\n".join(str(random.Random(7).random()) for _ in range(20_000)).encode()


@pytest.mark.parametrize("name", ENCODERS)
@settings(max_examples=30)
@given(body=st.one_of(st.binary(max_size=300), st.integers(0, 300_000).map(lambda size: b"a" * size)))
def test_what_was_encoded_is_decoded(name: str, body: bytes) -> None:
    encoding, encode = ENCODERS[name]
    assert decode(encode(body), encoding, 1_000_000) == body


@pytest.mark.parametrize("name", ENCODERS)
def test_a_cut_body_is_noticed_or_has_lost_nothing(name: str) -> None:
    encoding, encode = ENCODERS[name]
    whole = encode(TEXT)
    for end in (11, len(whole) // 10, len(whole) // 2, len(whole) - 20):
        with pytest.raises(CutShort):
            decode(whole[:end], encoding, 0)
    for end in range(len(whole) - 12, len(whole)):
        try:
            assert decode(whole[:end], encoding, 0) == TEXT
        except CutShort:
            continue


@pytest.mark.parametrize("name", ENCODERS)
def test_decoding_stops_at_the_limit(name: str) -> None:
    encoding, encode = ENCODERS[name]
    assert len(decode(encode(b"\0" * 1_000_000), encoding, 1_000_000)) == 1_000_000
    with pytest.raises(TooLarge):
        decode(encode(b"\0" * 1_000_001), encoding, 1_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@given(body=st.binary(max_size=200))
def test_garbage_raises_nothing_but_value_errors(encoding: str, body: bytes) -> None:
    with suppress(ValueError):
        decode(body, encoding, 10_000)


def test_gzip_members_are_joined_and_padding_is_dropped() -> None:
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 512, "gzip", 0) == b"one two"


def test_a_gzip_header_may_carry_a_name_a_comment_and_more() -> None:
    plain = gzip.compress(b"text", mtime=0)
    fields = b"\x03\x00abc" + b"name\0" + b"comment\0" + b"\x12\x34"
    full = plain[:3] + bytes([4 | 8 | 16 | 2]) + plain[4:10] + fields + plain[10:]
    assert decode(full, "gzip", 0) == b"text"
    for end in range(1, 10 + len(fields)):
        with pytest.raises(ValueError):  # noqa: PT011 - cut short or no header
            decode(full[:end], "gzip", 0)


def test_a_wrong_checksum_after_a_whole_body_is_forgiven() -> None:
    assert decode(gzip.compress(b"text")[:-8] + b"\0" * 8, "gzip", 0) == b"text"


def test_an_encoding_that_is_not_what_it_says_is_an_error_of_its_own() -> None:
    with Server({"/": page("plain", Content_Encoding="gzip")}) as server:
        done = crawl([server.url()], allow=[server.address])
    assert done.fates[server.url()].error == "Refused"


def test_br_is_decoded_where_another_program_brought_a_brotli_of_its_own() -> None:
    ran = python(
        "import sys, types; sys.modules['brotli'] = types.ModuleType('brotli')\n"
        "import brotlicffi; from storage.content_encoding import decode\n"
        "print(decode(brotlicffi.compress('خبر'.encode()), 'br', 100).decode())",
        cwd=ROOT,
    )
    assert ran.out == "خبر\n", ran.err
