"""The test folder of a site: one saved page, and the article that its extraction should give."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.site import Site
from crawler.workers.pool import TIME_LIMIT_S
from crawler.workers.worker_main import extract_within_limit
from storage.errors import UsageError
from storage.files import atomic_write
from storage.messages import message
from storage.records import Article, Capture, article_json

_PAGE, _EXPECTED = "page.html", "expected.json"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Result of extracting a saved page again. changed: field to its values before and now; {} if none differs."""

    site: str
    expected: Path
    changed: dict[str, tuple[Any, Any]]

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
        return {"site": self.site, "expected": str(self.expected), "changed": self.changed}


def save(folder: Path, site: str, capture: Capture, article: Article) -> tuple[Path, Path]:
    """Save the page's bytes, and the data that a test needs to extract it: URL, fetch time, expected article."""
    page, expected = folder / _PAGE, folder / _EXPECTED
    page.write_bytes(capture.body)
    record: dict[str, Any] = {
        "url": capture.url,
        "fetched_at": capture.fetched_at.isoformat(timespec="seconds"),
        "content_type": capture.header("Content-Type"),
        "article": {**article_json(article), "site": site},
    }
    _write(expected, record)
    return page, expected


def renew(folder: Path, site: Site) -> Renewal:
    """Extract the saved page again, as a page of the site, and replace the expected article if it differs.

    Uses no network. Raises UsageError, and writes nothing, if there is no such page, its record can't be read, or it
    gives no article any more.
    """
    page, expected = folder / _PAGE, folder / _EXPECTED
    try:
        record: dict[str, Any] = json.loads(expected.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(record["fetched_at"])
        headers = (("Content-Type", record["content_type"] or "text/html"),)
        before: dict[str, Any] = record["article"]
        capture = Capture(record["url"], site.name, at, 200, headers, page.read_bytes())
    except OSError as error:
        raise UsageError(
            message("{site} has no saved page ({file}: {why})", site=site.name, file=error.filename, why=error.strerror)
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            message(
                "{expected} is no record of a saved page: {kind}: {error}",
                expected=expected,
                kind=type(error).__name__,
                error=error,
            )
        ) from error
    extraction = extract_within_limit(capture, site, TIME_LIMIT_S)
    if extraction.article is None:
        why = extraction.reason.value if extraction.reason else "unknown"
        raise UsageError(
            message(
                "{page} gives no article any more ({why}); {expected} stays as it is",
                page=page,
                why=why,
                expected=expected,
            )
        )
    now: dict[str, Any] = json.loads(json.dumps({**article_json(extraction.article), "site": site.name}))
    names = dict.fromkeys((*before, *now))
    changed = {name: (before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)}
    if changed:
        _write(expected, {**record, "article": now})
    return Renewal(site.name, expected, changed)


def _write(path: Path, record: dict[str, Any]) -> None:
    with atomic_write(path) as file:
        file.write((json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
