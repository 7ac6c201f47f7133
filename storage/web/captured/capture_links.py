"""Signed paths on the origin of captured pages: each gives access to one capture for an hour and can't be guessed.

A sandboxed frame has no origin and sends no cookies for its pictures, so the path itself is the permission. A path
reveals neither the token nor anything from which another path could be computed.
"""

import hashlib
import hmac
import re
import time
from dataclasses import dataclass

LIFETIME_S = 3600
_PATH = re.compile(r"/p/(\d{1,18})/(\d{1,18})/(\d{1,12})-([0-9a-f]{40})/(page|r/(\d{1,18}))", re.ASCII)


@dataclass(frozen=True, slots=True)
class CapturePath:
    """The target of a path. resource: the capture of a picture or style sheet of the page; None: the page itself."""

    article_id: int
    capture_id: int
    resource: int | None


def page_path(key: bytes, article_id: int, capture_id: int, *, now: float | None = None) -> str:
    """The path of a captured page. key: secret. now: seconds since 1970; None: the present time."""
    # Rounded, so that the path stays the same for a while and browsers can cache the page.
    expires = (int(time.time() if now is None else now) // 600 + 1) * 600 + LIFETIME_S
    return f"/p/{article_id}/{capture_id}/{expires}-{_signature(key, article_id, capture_id, expires)}/page"


def read_path(key: bytes, path: str, *, now: float | None = None) -> CapturePath | None:
    """The target of a path; None if it was not signed with the key, or has expired."""
    matched = _PATH.fullmatch(path)
    if matched is None:
        return None
    article_id, capture_id, expires = int(matched[1]), int(matched[2]), int(matched[3])
    if not hmac.compare_digest(matched[4], _signature(key, article_id, capture_id, expires)):
        return None
    if expires < (time.time() if now is None else now):
        return None
    return CapturePath(article_id, capture_id, int(matched[6]) if matched[6] else None)


def _signature(key: bytes, article_id: int, capture_id: int, expires: int) -> str:
    signed = f"captured page {article_id} {capture_id} {expires}".encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()[:40]
