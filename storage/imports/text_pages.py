"""Pages flattened to text: one file for each, with its URL in the first line."""

import re
from collections.abc import Iterator
from pathlib import Path

from storage.imports.json_files import Numbered, Progress, unpacked

TEXT_SUFFIXES = (".txt", ".txt.gz", ".txt.zst")
LONGEST_PAGE = 2 << 20  # bytes
_URL = re.compile(r"(?:(?:url|source|الرابط)\s*)?(?::\s*)?(https?://\S+)", re.IGNORECASE)


def text_page(path: Path, progress: Progress = lambda _: None) -> Iterator[Numbered]:
    """Read a page as a record with url and text, or the reason why it is invalid. Raises DamagedFile, OSError."""
    content = bytearray()
    for part in unpacked(path, progress):
        content += part
        if len(content) > LONGEST_PAGE:
            yield 1, f"it has more than {LONGEST_PAGE >> 20} MiB, which no page has"
            return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield 1, "it is no UTF-8"
        return
    first, _, rest = text.lstrip().partition("\n")
    url = _URL.fullmatch(first.strip())
    if url is None:
        yield 1, "its first line is no URL; write the page's URL there, and its text behind it"
    else:
        yield 1, {"url": url[1], "text": rest}
