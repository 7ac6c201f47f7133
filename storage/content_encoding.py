"""Strict decoding of HTTP's Content-Encoding: refuses decompression bombs and detects truncated bodies."""

import zlib

import brotlicffi  # type: ignore[import-untyped]
import zstandard

from storage.errors import BodyError, CutShort, TooLarge

CHUNK = 64 * 1024
ZSTD_PIECE = 128
MAX_LAYERS = 2  # real servers use one, misconfigured ones two
MAX_MEMBERS = 100  # members of a gzip body; real servers send one


def decode(body: bytes, encoding: str, limit: int) -> bytes:
    """Decode one Content-Encoding: gzip, x-gzip, deflate, br or zstd. limit: maximum of decoded bytes; 0: no limit.

    An empty body stays empty. Raises TooLarge, CutShort, or BodyError for bytes that are not in that encoding.
    """
    out = bytearray()
    _decode(body, encoding, limit, out)
    return bytes(out)


def decode_received(body: bytes, encoding: str, limit: int) -> tuple[bytes, bool]:
    """As `decode`, but tolerates a truncated body: the decodable part, and whether the body is complete.

    For lists, whose entries are independent. Raises TooLarge, and BodyError if nothing could be decoded.
    """
    out = bytearray()
    try:
        _decode(body, encoding, limit, out)
    except TooLarge:
        raise
    except BodyError:
        if not out:
            raise
        return bytes(out), False
    return bytes(out), True


def _decode(body: bytes, encoding: str, limit: int, out: bytearray) -> None:
    """Append the decoded body to `out`. After an error, `out` has the part before it."""
    if not body:
        return
    decoders = {"gzip": _gunzip, "x-gzip": _gunzip, "deflate": _inflate, "br": _unbrotli, "zstd": _unzstd}
    try:
        decoders[encoding](body, limit, out)
    except (zlib.error, brotlicffi.error, zstandard.ZstdError) as error:
        raise BodyError(f"the body is no {encoding}: {error}") from error


def _drain(decompressor: "zlib._Decompress", body: bytes, out: bytearray, limit: int) -> int:
    """Append the stream at the beginning of the body to `out`; return the offset of its end."""
    view = memoryview(body)  # fed in pieces, since zlib copies the rest of its input
    offset = 0
    while not decompressor.eof:
        piece: bytes | memoryview = decompressor.unconsumed_tail
        if not piece:
            piece = view[offset : offset + CHUNK]
            offset += len(piece)
        chunk = decompressor.decompress(piece, CHUNK)
        out += chunk
        if limit and len(out) > limit:
            raise TooLarge
        if not chunk and not piece and not decompressor.eof:
            raise CutShort
    return offset - len(decompressor.unused_data)


def _gunzip(body: bytes, limit: int, out: bytearray) -> None:
    """Decode all members of the body. Checksums are not compared: some servers send none, or wrong ones."""
    for _ in range(MAX_MEMBERS):
        body = body[_gzip_header(body) :]
        end = _drain(zlib.decompressobj(wbits=-zlib.MAX_WBITS), body, out, limit)
        body = body[end + 8 :]
        if not body.startswith(b"\x1f\x8b"):  # padding, which some servers add
            break


def _gzip_header(body: bytes) -> int:
    """Length of a gzip header (RFC 1952 §2.3)."""
    if not body.startswith(b"\x1f\x8b\x08"):
        raise zlib.error("no gzip header")
    flags = body[3] if len(body) > 3 else 0
    length = 10
    if flags & 4:  # an extra field, after its length
        length += 2 + int.from_bytes(body[10:12], "little")
    for flag in (8, 16):  # name and comment, each ended by a zero
        if flags & flag:
            end = body.find(b"\0", length)
            if end < 0:
                raise CutShort
            length = end + 1
    length += flags & 2  # a checksum of the header
    if len(body) < length:
        raise CutShort
    return length


def _inflate(body: bytes, limit: int, out: bytearray) -> None:
    try:
        _drain(zlib.decompressobj(), body, out, limit)
    except zlib.error:
        out.clear()  # raw deflate, which some servers send as "deflate"
        _drain(zlib.decompressobj(wbits=-zlib.MAX_WBITS), body, out, limit)


def _unbrotli(body: bytes, limit: int, out: bytearray) -> None:
    decompressor = brotlicffi.Decompressor()
    out += decompressor.process(body, output_buffer_limit=CHUNK)
    while not decompressor.is_finished():
        if limit and len(out) > limit:
            raise TooLarge
        chunk = decompressor.process(b"", output_buffer_limit=CHUNK)
        if not chunk and not decompressor.is_finished():
            raise CutShort
        out += chunk
    if limit and len(out) > limit:
        raise TooLarge


def _unzstd(body: bytes, limit: int, out: bytearray) -> None:
    # RFC 9659 limits the window on the web to 8 MiB; a frame with a larger one is refused.
    decompressor = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
    frame = decompressor.decompressobj()
    # All output of a piece is returned at once, and four bytes can decode to 128 KiB.
    for start in range(0, len(body), ZSTD_PIECE):
        out += frame.decompress(body[start : start + ZSTD_PIECE])
        if limit and len(out) > limit:
            raise TooLarge
        if frame.eof:
            return
    raise CutShort
