"""`warraq read`: extract the article of one page, a file or a URL. Archives nothing."""

import re
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.contact import require_contact
from crawler.output.article_view import print_article
from crawler.output.printing import console, one_line, print_json, table
from storage.errors import PageError, UsageError
from storage.messages import message

NOWHERE = "http://file.invalid/"  # URL of a file without --url (RFC 2606 §2)
MOST_BYTES = 64 * 1024**2  # a crawl stops at 16 MiB
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|article|main|div|p|h1|span|meta)\b", re.IGNORECASE)


def read(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL|-", help="A saved page (.html), its text (.txt), a URL, or - for stdin.")
    ],
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The page's URL, for a file.")] = None,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="Read as this declared site's page: its zone and selectors."),
    ] = None,
    fetched_at: Annotated[
        str | None,
        typer.Option(
            "--fetched-at",
            metavar="TIME",
            help='When a file was fetched: 2025-10-28T12:00+03:00. Without it, "an hour ago" is no date.',
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say where each field came from.")] = False,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
) -> None:
    """Read one page and print the article in it, field by field. Nothing is archived.

    Exit codes: 0 an article; 1 none, with the reason; 2 no such file, or a wrong option.

    For example:

        warraq read page.html --url https://www.example.com/2025/10/28/slug/ --json --explain
    """
    from crawler.extract import extract
    from storage.records import article_json

    now = _instant(fetched_at)
    declaration = _site(site, url or (source if "://" in source else None))
    if "://" in source:
        from crawler.probe.fetch import fetch_one

        require_contact([source], allow_host)
        capture = fetch_one(source, declaration, allow_hosts=tuple(allow_host or ()))
        extraction = extract(capture, declaration)
    else:
        extraction = extract_file(source, declaration, url=url, now=now)
    if extraction.article is None:
        reason = extraction.reason.value if extraction.reason else "empty"
        if as_json:
            print_json({"reason": reason, "evidence": extraction.evidence})
        raise PageError(f"{source}: no article ({reason})")
    record = article_json(extraction.article)
    record["url"] = None if record["url"].startswith(NOWHERE) else record["url"]
    if as_json:
        print_json({**record, "evidence": extraction.evidence} if explain else record)
        return
    print_article(record)
    if explain:
        out = console()
        out.print()
        out.print(table(None, ["field", "came from"], [[k, one_line(v)] for k, v in extraction.evidence.items()]))


def extract_file(source: str, declaration: Any, *, url: str | None = None, now: datetime | None = None) -> Any:
    """Extract a saved page, its text, or stdin for "-". Raises UsageError.

    now: when it was fetched; without it, relative dates give None.
    """
    from crawler.extract import extract, extract_text
    from storage.records import Capture

    body = _bytes(source)
    when = now or datetime.now(UTC)
    address = url or NOWHERE
    if source.lower().endswith(".txt") or (source == "-" and _is_text(body)):
        return extract_text(_text(body, source), site=declaration, url=address, now=when)
    capture = Capture(address, declaration.name, when, 200, (("Content-Type", "text/html"),), body)
    return extract(capture, declaration, relative_dates=now is not None)


def _site(name: str | None, url: str | None) -> Any:
    from crawler.registry import declared_sites
    from crawler.site import Site

    target = url if name is None else name
    if target is None:
        return Site("file", NOWHERE)
    return declared_sites.spider_for(target, declared_sites.declared()).site


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            message("--fetched-at {text!r} is no time; write it as 2025-10-28T12:00+03:00", text=text)
        ) from error
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _bytes(source: str) -> bytes:
    try:
        with Path(source).open("rb") if source != "-" else nullcontext(sys.stdin.buffer) as file:
            body = file.read(MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise UsageError(message("{source} is a folder; name a file in it", source=source)) from error
    except (OSError, ValueError) as error:  # a name with NUL in it
        raise UsageError(
            message("cannot read {path}: {why}", path=source, why=getattr(error, "strerror", None) or error)
        ) from error
    if len(body) > MOST_BYTES:
        raise UsageError(
            message("{source} is larger than {mib} MiB, which no page is", source=source, mib=MOST_BYTES // 1024**2)
        )
    return body


def _is_text(body: bytes) -> bool:
    """Whether stdin is plain text: neither markup nor binary."""
    return not _MARKUP.search(body) and b"\0" not in body


def _text(body: bytes, source: str) -> str:
    from crawler.html.decode import decode

    text = decode(body).text
    if not text.strip():
        raise UsageError(message("{source} is empty", source=source))
    return text
