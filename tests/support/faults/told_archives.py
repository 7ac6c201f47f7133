"""The content of an archive (articles, versions, pages) as values, to compare two archives."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.db.database import open_readonly, read_transaction
from storage.db.schema import pages, versions
from tests.support.running import warraq


def told(archive: Path) -> dict[str, Any]:
    """The content of an archive, without the times and the order in which it was stored."""
    ran = warraq("export", "-", "--archive", str(archive), cwd=archive.parent)
    records = [json.loads(line) for line in ran.out.splitlines()]
    for record in records:
        if (record["published_raw"] or "").startswith("منذ"):  # counted from the moment of the crawl
            record["published_at"] = None
        # The profile is learned while pages come, in an order of their own; its digest follows the extractor's name.
        record["extractor"] = " ".join(record["extractor"].split()[:2])
    volatile = {"id", "first_seen_at", "last_seen_at"}
    engine = open_readonly(archive)
    with read_transaction(engine) as connection:
        texts = connection.execute(select(versions.c.number, versions.c.content_sha256)).all()
        states = connection.execute(select(pages.c.url, pages.c.kind == "article", pages.c.state, pages.c.reason)).all()
    engine.dispose()
    return {
        "articles": sorted(
            ({name: value for name, value in record.items() if name not in volatile} for record in records),
            key=lambda record: str(record["url"]),
        ),
        "versions": sorted(tuple(row) for row in texts),
        "pages": sorted(tuple(map(str, row)) for row in states),
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The entries that only one of two archives has, as lines to print."""
    lines = []
    for part in ("articles", "versions", "pages"):
        ours, theirs = ({json.dumps(each, ensure_ascii=False) for each in of[part]} for of in (one, other))
        lines += [f"{part}: - {each}" for each in sorted(ours - theirs)]
        lines += [f"{part}: + {each}" for each in sorted(theirs - ours)]
    return lines


def verified(folder: Path) -> dict[str, Any]:
    """What `warraq verify` reports as left over; fails if anything is wrong."""
    ran = warraq("verify", "--json", cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    assert ran.json["wrong"] == {}, ran.out
    left: dict[str, Any] = ran.json["left"]
    return left
