"""An archive for the reader's tests: edits, a gone article, a removed one, hostile titles and texts."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from storage.archive import Archive
from storage.records import Article, Capture, Found
from storage.removal import erase_noted, remove
from tests.support.small_archive import HOME, NOW, keep, page

HOSTILE = (
    '=HYPERLINK("https://evil.example")',
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "\u202eعنوان مقلوب <b onmouseover=alert(1)>",
    "</title><svg onload=document.title='owned'>",
    "javascript:document.title='owned' {{ 7*7 }}",
)
EDITED, GONE, REMOVED = f"{HOME}/edited", f"{HOME}/gone", f"{HOME}/removed"
OLD_TEXT = "وصل الوفد إلى المدينة صباح اليوم.\n\nوقال الوزير إن المفاوضات بدأت أمس.\n\nويعود الوفد غداً."
NEW_TEXT = "وصل الوفد إلى المدينة صباح اليوم.\n\nوقال الوزير إن المحادثات انتهت أمس.\n\nويعود الوفد غداً."


def fill(folder: Path, db_url: str | None = None) -> dict[str, int]:
    """Fill the archive of a folder; return the ids of its articles by URL."""
    ids: dict[str, int] = {}
    with Archive.open(folder, db_url) as archive:
        archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        for hours, texts in enumerate(_mornings()):
            at = NOW + timedelta(hours=14 * hours)
            run_id = archive.start_run("example", now=at)
            discoveries = [Found(url, "article") for url in texts]
            keep(archive, run_id, page(f"{HOME}/", at, "القائمة"), "listing", *discoveries)
            for number, (url, text) in enumerate(texts.items(), 1):
                seen = at + timedelta(seconds=number)
                if text is None:
                    keep(archive, run_id, page(url, seen, "لا شيء", 404))
                    continue
                saved = _save(archive, run_id, page(url, seen, text))
                ids[url] = saved.article_id if saved else ids[url]
            archive.finish_run(run_id, status="done", now=at + timedelta(minutes=1), requests=len(texts) + 1)
        remove(archive.engine, folder, REMOVED, reason="طلب", by="tests", now=NOW + timedelta(days=2))
        erase_noted(archive.engine, folder, now=NOW + timedelta(days=2))
    return ids


def _mornings() -> tuple[dict[str, str | None], ...]:
    hostile = {f"{HOME}/hostile/{number}": f"{title}\n{title} في المدينة" for number, title in enumerate(HOSTILE, 1)}
    plain = {f"{HOME}/plain/{number}": f"خبر رقم {number}\nنص الخبر {number} عن المدينة" for number in range(1, 26)}
    first = {EDITED: f"الوفد يصل\n{OLD_TEXT}", GONE: "خبر يختفي\nلن يبقى", REMOVED: "سري\nالزعفرانية"}
    return (
        {**first, **hostile, **plain},
        {EDITED: f"الوفد وصل إلى المدينة\n{NEW_TEXT}", GONE: None},
        {GONE: None},
        {GONE: None},
    )


def _save(archive: Archive, run_id: int, capture: Capture) -> Any:
    title, _, text = capture.body.decode().partition("\n")
    position = archive.append(capture, run_id)
    article = Article(
        capture.url, "example", title, text, authors=("كاتبة", "<i>كاتب</i>"), section="سياسة", tags=("وفد",),
        published_at=NOW - timedelta(days=len(capture.url) % 9), published_precision="minute", published_source="meta",
        published_raw="<b>أمس</b>", language="ar", extractor="plain 1", image="javascript:alert(1)",
    )  # fmt: skip
    return archive.save(capture, position, run_id=run_id, kind="article", article=article, now=capture.fetched_at)
