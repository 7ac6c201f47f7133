"""Unpacking and decoding of lists by their bytes, even if headers or the XML declaration state something else."""

from dataclasses import dataclass

from crawler.html.decode import decode_unrepaired
from storage.content_encoding import decode_received

MOST_BYTES = 64 * 1024 * 1024  # of a list, also when unpacked
_GZIP = b"\x1f\x8b"
_MOST_LAYERS = 3  # of gzip: a file "sitemap.xml.gz" may be packed again by its server, and again by a cache


@dataclass(frozen=True, slots=True)
class ListDocument:
    """The text of a feed, a sitemap file or another list. cut: it was packed, and its end is missing."""

    text: str
    cut: bool = False


def open_document(body: bytes, content_type: str | None = None) -> ListDocument | None:
    """Unpack and decode a list; None if its gzip is invalid, or larger than 64 MiB unpacked. Never raises.

    content_type: the header. The charset is detected as for pages, so a label that the bytes contradict has no effect.
    """
    cut = False
    for _ in range(_MOST_LAYERS):
        if not body.startswith(_GZIP):
            break
        try:
            body, complete = decode_received(body, "gzip", MOST_BYTES)
        except ValueError:
            return None
        cut = cut or not complete
    return None if body.startswith(_GZIP) else ListDocument(decode_unrepaired(body, content_type).text, cut)
