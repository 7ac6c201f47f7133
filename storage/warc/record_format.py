"""The records of a capture: response or revisit, request, metadata; one gzip member per record.

WARC 1.1 (ISO 28500:2017), https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.records import Capture, Holder, Origin
from storage.sanitise import sanitised

# §6.7.2 and §6.7.3
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# Extension fields (§5) for values of a capture without a standard field.
SITE = "Warraq-Site"
REQUESTED = "Warraq-Requested-URI"
HOLDER_FILE = "Warraq-Refers-To-File"
HOLDER_OFFSET = "Warraq-Refers-To-Offset"
# The body is stored decoded, so these headers would not describe it.
RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
ORIGINAL = "X-Archive-Orig-"
# The crawler's credentials must not be in files that are passed on.
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})
_NOT_IN_NAMES = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_NOT_IN_VALUES = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
Fields = dict[str, str]


class _HttpHead(StatusAndHeaders):  # type: ignore[misc]
    """The headers of a request or response in UTF-8. warcio's own class rewrites values that are not ASCII."""

    def to_ascii_bytes(self, header_filter: Any = None) -> bytes:
        head: bytes = self.to_bytes(header_filter)
        return head


def payload_digest(body: bytes) -> str:
    """The value of WARC-Payload-Digest: "sha1:" and base32 digits."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def members(capture: Capture, digest: str, *, origin: Origin | None, holder: Holder | None) -> tuple[bytes, bytes]:
    """The member of the response or revisit, and the members behind it: request and metadata, if known.

    digest: of the payload. holder: the earlier capture with the same payload, for a revisit; status 304 always makes a
    revisit.
    """
    about = _about(capture)
    if holder is not None or capture.status == 304:
        first = _record(capture, "revisit", {**about, **_reference(capture, digest, holder)}, _head(capture))
    else:
        fields = {**about, "WARC-Payload-Digest": digest}
        first = _record(capture, "response", fields, _head(capture), capture.body)
    concurrent = {
        "WARC-Date": about["WARC-Date"],
        "WARC-Concurrent-To": first.rec_headers.get_header("WARC-Record-ID"),
    }
    following = b""
    if capture.request_headers is not None:
        following += _gzipped(_record(capture, "request", concurrent, _request_head(capture)))
    if origin is not None:
        following += _gzipped(_record(capture, "metadata", concurrent, None, _metadata(origin)))
    return _gzipped(first), following


def warcinfo(name: str, about: Mapping[str, str | None]) -> bytes:
    """A warcinfo member, the first of a file. name: of the file. about: further fields of its body."""
    writer = WARCWriter(BytesIO(), gzip=True, warc_version="1.1")
    fields = {"software": "Warraq", "format": "WARC file version 1.1"}
    fields |= {key: plain for key, text in about.items() if text and (plain := _value(text))}
    return _gzipped(writer.create_warcinfo_record(name, fields))


def uri(url: str) -> str:
    """The URL in RFC 3986 characters; a clean URL is unchanged."""
    return quote(sanitised(url), safe="/:?#[]@!$&'()*+,;=~%")


def warc_date(instant: datetime) -> str:
    """The value of WARC-Date, to the microsecond (§5.4)."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _about(capture: Capture) -> Fields:
    fields = {"WARC-Date": warc_date(capture.fetched_at), SITE: _value(capture.site)}
    if capture.requested_url is not None:
        fields[REQUESTED] = uri(capture.requested_url)
    return fields


def _record(capture: Capture, kind: str, fields: Fields, head: _HttpHead | None, body: bytes = b"") -> Any:
    writer = WARCWriter(BytesIO(), gzip=True, warc_version="1.1")
    return writer.create_warc_record(
        uri(capture.url), kind, BytesIO(body), len(body), warc_headers_dict=fields, http_headers=head
    )


def _reference(capture: Capture, digest: str, holder: Holder | None) -> Fields:
    """The fields of a revisit that identify its target."""
    fields = {"WARC-Profile": NOT_MODIFIED if capture.status == 304 else SAME_PAYLOAD}
    if holder is not None:
        fields |= {
            "WARC-Payload-Digest": digest,
            "WARC-Refers-To-Target-URI": uri(holder.url),
            "WARC-Refers-To-Date": warc_date(holder.fetched_at),
            HOLDER_FILE: holder.position.file,
            HOLDER_OFFSET: str(holder.position.offset),
        }
    return fields


def _metadata(origin: Origin) -> bytes:
    """application/warc-fields, with the names of Heritrix: via, outlink (here with the kind of page)."""
    lines = [f"kind: {origin.kind}"]
    if origin.via is not None:
        lines.append(f"via: {uri(origin.via)}")
    lines += [f"outlink: {uri(each.url)} {each.kind}" for each in origin.found]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _head(capture: Capture) -> _HttpHead:
    headers = [
        (ORIGINAL + name if name.lower() in RENAMED else name, value) for name, value in _cleaned(capture.headers)
    ]
    if capture.status != 304:  # in a revisit too: readers append the holder's payload, of this length
        headers.append(("Content-Length", str(len(capture.body))))
    try:
        phrase = " " + HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    return _HttpHead(f"{capture.status}{phrase}", headers, protocol="HTTP/1.1")


def _request_head(capture: Capture) -> _HttpHead:
    parts = urlsplit(uri(capture.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [each for each in _cleaned(capture.request_headers or ()) if each[0].lower() not in _CREDENTIALS]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    return _HttpHead(f"{target} HTTP/1.1", headers, protocol="GET")


def _cleaned(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    named = [(_NOT_IN_NAMES.sub("", name), _value(value)) for name, value in headers]
    return [(name, value) for name, value in named if name]


def _value(text: str) -> str:
    """The value on one line: CR LF inside it must not add a header, or a record."""
    return _NOT_IN_VALUES.sub(" ", sanitised(text)).strip()


def _gzipped(record: Any) -> bytes:
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version="1.1").write_record(record)
    return out.getvalue()
