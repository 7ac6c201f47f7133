"""`warraq save`: archive one article now, and print a receipt."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.contact import require_contact
from crawler.output.printing import console, one_line, print_json, print_prose
from crawler.translation import _, counted, terminal_line
from storage.errors import AlreadyRunning, ArchiveError, Interrupted, PageError, UsageError
from storage.messages import Message, message

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.probe.saved_page import SavedPage


def save(
    url: Annotated[str, typer.Argument(metavar="URL", help="The article's page.")],
    with_pictures: Annotated[
        bool,
        typer.Option("--with-pictures", help="Keep its pictures and style sheets, too, as the reader shows them."),
    ] = False,
    allow_host: options.AllowHost = None,
    warc_size: options.WarcSize = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Archive one article now, and print a receipt: its number, digests, the time, and where its WARC record lies.

    The page is fetched as a crawl fetches it: robots.txt, contact, addresses and limits. A known article is fetched
    again; a changed one gets a version. A page that gives no article is kept, too, and its reason is printed.

    Exit codes: 0 the article is in the archive; 1 the page gave none, was forbidden or did not answer; 3 its site is
    being crawled: try again later.

    For example:

        warraq save https://www.hespress.com/example-1234567.html --with-pictures --json
    """
    if "://" not in url:
        raise UsageError(message("{url!r} is no URL; write it whole, such as https://www.example.com/news/1", url=url))
    require_contact([url], allow_host)
    from urllib.parse import urldefrag

    from crawler.probe.saved_page import save_page
    from crawler.registry import declared_sites
    from storage.warc.writer import warc_bytes

    site = declared_sites.spider_for(url, declared_sites.declared()).site
    allowed, address = tuple(allow_host or ()), urldefrag(url.strip()).url
    full = warc_bytes(warc_size)
    page = save_page(address, site, archive, db, with_pictures=with_pictures, allow_hosts=allowed, warc_bytes=full)
    run = page.run
    if run.archive_error is not None:
        raise ArchiveError(run.archive_error)
    if run.status == "skipped":
        raise AlreadyRunning(run.message or message("{site} is being crawled; nothing was done", site=site.name))
    if run.status == "interrupted":
        raise Interrupted(message("interrupted"))
    receipt = _receipt(archive, db, url, page)
    if as_json:
        print_json(receipt)
    else:
        _print(receipt)
    if page.saved is None:
        raise PageError(
            message("{url!s}: no article ({reason}): {why}", url=url, reason=page.reason, why=_detail(page.detail))
        )


def _receipt(archive: "Path", db: str | None, url: str, page: "SavedPage") -> dict[str, Any]:
    """The receipt as a JSON object (docs/formats.md)."""
    from storage import queries
    from storage.db.database import open_readonly
    from storage.queries.article_captures import run_captures

    engine = open_readonly(archive, db)
    article = None
    if page.saved is not None:
        version = queries.version(engine, page.saved.article_id, page.saved.version)
        article = {
            "id": page.saved.article_id,
            "url": page.saved.url,
            "site": page.run.site,
            "title": version["title"] if version else None,
            "version": page.saved.version,
            "change": page.saved.change,
            "content_sha256": version["content_sha256"] if version else None,
        }
    captures = run_captures(engine, page.run.run_id) if page.run.run_id is not None else []
    return {"url": url, "article": article, "reason": page.reason, "detail": page.detail, "captures": captures}


def _print(receipt: dict[str, Any]) -> None:
    out = console()
    article = receipt["article"]
    if article is not None:
        print_prose(out, one_line(article["title"]), style="bold", margin=f"[{article['id']}] ")
        line = _(message("{change}, version {number}", change=article["change"], number=article["version"]))
        out.print(f"    {terminal_line(line)}", markup=False)
        line = _(message("sha256:{digest!s} (headline and text)", digest=article["content_sha256"]))
        out.print(f"    {terminal_line(line)}", soft_wrap=True, markup=False)
    for capture in receipt["captures"]:
        warc = capture["warc"]
        out.print(f"    {one_line(capture['url'])}", soft_wrap=True, markup=False)
        line = counted(
            "{at}, HTTP {status}, {n:,} bytes", capture["size"], at=capture["fetched_at"], status=capture["status"]
        )
        out.print(f"    {terminal_line(line)}", markup=False)
        line = _(message("{digest!s} (the page)", digest=capture["digest"]))
        out.print(f"    {terminal_line(line)}", markup=False)
        line = counted("{file} at {offset}, {n} bytes", warc["length"], file=warc["file"], offset=warc["offset"])
        out.print(f"    {terminal_line(line)}", soft_wrap=True, markup=False)


def _detail(detail: str | None) -> str:
    """Why a page gave no article, on one line; a Message stays one."""
    return detail if isinstance(detail, Message) else one_line(detail)
