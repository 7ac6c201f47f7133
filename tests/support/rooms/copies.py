"""An archive to be copied, and the content of its tables."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.maintenance.table_copy import COPIED, digest
from storage.records import Found, Reason
from storage.removal import remove
from tests.support.archives import NOW, article, capture, save


def fill(archive: Archive, start: int = 0, many: int = 12) -> None:
    """Save articles with versions, changed metadata, revisits, pending, gone and removed pages, and unusual letters."""
    archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
    run_id = archive.start_run("example", now=NOW)
    for number in range(start, start + many):
        url = f"https://example.com/{number}"
        discoveries = [
            Found(f"https://example.com/خبر-{number}-é", "article"),
            Found(f"https://example.com/Z{number}_{number}", "listing"),
        ]
        published = NOW - timedelta(days=number, microseconds=123)
        save(archive, run_id, capture(url), article(url, f"نص {number} \U0001f600", tags=("وسم", "b"), published_at=published, published_precision="second"), found=discoveries)  # fmt: skip
        save(archive, run_id, capture(url, minutes=1), article(url, f"نص جديد {number}", tags=("آخر",)))
        save(
            archive,
            run_id,
            capture(url, minutes=2, body=f"{url} 1".encode()),
            article(url, f"نص جديد {number}", tags=("ثالث",)),
        )
    save(archive, run_id, capture("https://example.com/none", status=404), reason=Reason.NOT_FOUND)
    archive.finish_run(run_id, status="done", now=NOW, requests=9)
    remove(archive.engine, archive.folder, f"https://example.com/{start}", reason="حكم", by="أمين", now=NOW)


def contents(engine: Engine) -> dict[str, Any]:
    with read_transaction(engine) as connection:
        return {str(table.name): digest(connection, table) for table in COPIED}
