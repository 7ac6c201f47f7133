"""The index of a WACZ: CDXJ lines in compressed blocks, and the index of those blocks (ZipNum)."""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

import orjson

from storage.export.wacz.wacz_selection import PackedCapture
from storage.warc.record_format import uri

LINES = 1024  # lines of a block, as in py-wacz
BLOCKS_NAME, BLOCK_INDEX_NAME = "index.cdx.gz", "index.idx"


def surt(url: str) -> str:
    """The sort key (SURT) of a URL: reversed host labels, all in lower case, sorted query parameters.

    As web archive players compute it: no `www.`, no default port, no scheme, repeated slashes as one, no slash at the
    end of a path. A URL that can't be parsed is its own key, in lower case.
    """
    try:
        parts = urlsplit(url.lower())
        host, number = parts.hostname or "", parts.port
    except ValueError:
        return "".join(url.lower().split())
    first, _, rest = host.partition(".")
    if first.startswith("www") and (first[3:] or "0").isdecimal() and rest:
        host = rest
    labels = host if ":" in host else ",".join(reversed(host.split(".")))
    port = f":{number}" if number not in (None, 80, 443) else ""
    path = re.sub("//+", "/", parts.path).rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{labels}{port}){path}{'?' + query if query else ''}"


def cdx_line(capture: PackedCapture, *, file: str, offset: int, length: int, revisit: bool) -> str:
    """The CDXJ line of a capture. file, offset, length: of its record in the WACZ. revisit: it is a revisit record."""
    address = uri(capture.url)
    mime = "warc/revisit" if revisit else (capture.content_type or "unk").partition(";")[0].strip().lower() or "unk"
    about: dict[str, Any] = {
        "url": address,
        "mime": mime,
        "status": str(capture.status),
        "digest": capture.position.digest,
        "length": str(length),
        "offset": str(offset),
        "filename": file,
    }
    return f"{surt(address)} {capture.fetched_at.astimezone(UTC):%Y%m%d%H%M%S} {orjson.dumps(about).decode()}\n"


def index_blocks(lines: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
    """The compressed blocks of the sorted lines, each with its line of the block index; first, the index's header."""
    yield b"", b"!meta 0 " + orjson.dumps({"format": "cdxj-gzip-1.0", "filename": BLOCKS_NAME}) + b"\n"
    ordered = sorted(lines)
    offset = 0
    for start in range(0, len(ordered), LINES):
        block = "".join(ordered[start : start + LINES]).encode()
        packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        packed = packer.compress(block) + packer.flush()
        key = " ".join(ordered[start].split(" ", 2)[:2])
        about = {"offset": offset, "length": len(packed), "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}"}
        yield packed, f"{key} ".encode() + orjson.dumps({**about, "filename": BLOCKS_NAME}) + b"\n"
        offset += len(packed)
