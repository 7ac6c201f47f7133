"""`warraq remove`: remove an article or a whole site from the archive."""

import os
import sys
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import options
from crawler.output.printing import console, one_line, print_json
from crawler.output.progress_bar import progress_bar
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.removal import Erased
    from storage.writing.site_removal import SiteContent


def remove(
    ref: Annotated[
        str | None, typer.Argument(metavar="[URL|ID]", help="An article: its URL in any spelling, or its number.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why: kept in the tombstone.")] = "",
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="All that the archive has of this site, as its publisher asked."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --site: count what would go, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --site: do it without asking.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who asked for it. Default: the user of this process.")
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Take an article down, or a whole site: text and bytes, for good.

    What stays is a tombstone: its address, who took it down, when and why. No later crawl, import, reextraction or
    export brings it back. The headline may still stand in listings and beside other articles.

    With --site every article and capture of the site goes, its listings among them, and the tombstone is that of its
    host: nothing of it or below it is requested or kept again. If it is interrupted, the same command goes on.

    Exit codes: 0 done; 2 nothing of that name, or --yes is missing; 3 the site is being crawled: nothing was done; 4
    interrupted; 5 the archive or its disk refused.

    For example:

        warraq remove https://www.example.com/2025/10/28/slug/ --reason "court order 12/2026" --by "Amina"

        warraq remove --site hespress --reason "letter of 2026-11-02" --dry-run
    """
    if (ref is None) == (site is None):
        raise UsageError(message("say what to take down: an article by URL or number, or a site by --site NAME"))
    if site is None and (dry_run or yes):
        raise UsageError(message("--dry-run and --yes belong to --site NAME"))
    if not dry_run and not reason.strip():
        raise UsageError(message("--reason is empty; say why, such as --reason 'court order 12/2026'"))
    if site is not None:
        _remove_site(site, reason, by, archive, db, dry_run=dry_run, yes=yes, as_json=as_json)
    elif ref is not None:
        _remove_article(ref, reason, by, archive, db, as_json=as_json)


def _remove_article(ref: str, reason: str, by: str | None, archive: Path, db: str | None, *, as_json: bool) -> None:
    from storage import removal
    from storage.archive import Archive
    from storage.db.database import database_path
    from storage.sanitise import sanitised

    with Archive.open(archive, db, create=False) as opened:
        now = datetime.now(UTC)
        done = removal.remove(
            opened.engine, opened.folder, ref, reason=sanitised(reason.strip()), by=sanitised(by or _user()), now=now
        )
        _forget_plan(opened)
        erased = erase_where_free(opened, now)
        copies = _copies(opened.folder, database_path(opened.engine))
    if as_json:
        counts = {"erased": erased.records, "bytes": erased.length, "pending": erased.pending}
        print_json({**asdict(done), **counts, "copies": copies})
        return
    for url in done.urls:
        console().print(f"Taken down: {one_line(url)}", markup=False, soft_wrap=True)
    _print_erased(erased, copies)


def _remove_site(
    site: str, reason: str, by: str | None, archive: Path, db: str | None, *, dry_run: bool, yes: bool, as_json: bool
) -> None:
    from crawler.locks import SiteLock
    from storage.archive import Archive
    from storage.db.database import database_path, open_readonly
    from storage.sanitise import sanitised
    from storage.writing.site_removal import remove_site, site_content

    content = site_content(open_readonly(archive, db), site)
    if dry_run or not yes:
        if not as_json:
            _print_content(content)
        elif dry_run:
            print_json({**asdict(content), "removed": False})
        if dry_run:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError(message("nothing was done; add --yes to take {site} down", site=site))
        typer.confirm("Take all of it down, for good?", err=True, abort=True)
    with Archive.open(archive, db, create=False) as opened, SiteLock(opened.folder, site):
        now = datetime.now(UTC)
        why, who = sanitised(reason.strip()), sanitised(by or _user())
        with progress_bar("articles taken down") as advance:
            remove_site(opened.engine, opened.folder, content, reason=why, by=who, now=now, on_progress=advance)
        _forget_plan(opened)
        erased = erase_where_free(opened, now, held=site)
        copies = _copies(opened.folder, database_path(opened.engine))
    if as_json:
        counts = {"erased": erased.records, "bytes": erased.length, "pending": erased.pending}
        print_json({**asdict(content), "removed": True, **counts, "copies": copies})
        return
    console().print(f"Taken down: {site}, {content.articles:,} articles; nothing of {content.host} is kept again")
    _print_erased(erased, copies)


def _print_content(content: "SiteContent") -> None:
    out = console()
    out.print(f"{content.site} ({one_line(content.home)})", markup=False, soft_wrap=True)
    out.print(f"{content.articles:,} articles and {content.captures:,} captures would go")
    out.print(f"nothing of {content.host} or below it would be requested or kept again", markup=False, soft_wrap=True)


def _print_erased(erased: "Erased", copies: list[str]) -> None:
    out = console()
    out.print(f"{erased.records} captures erased, {erased.length:,} bytes")
    if erased.pending:
        out.print(f"{erased.pending} more lie in a file of a site that is being crawled; they go when that crawl ends")
    for path in copies:
        out.print(f"a copy that may still hold it: {path}", markup=False, soft_wrap=True)


def _forget_plan(archive: "Archive") -> None:
    """Delete the plan of an unfinished reextraction, which may hold the text."""
    from crawler.workers.reextract_plan import PLAN

    (archive.folder / PLAN).unlink(missing_ok=True)


def erase_where_free(archive: "Archive", now: datetime, *, held: str | None = None) -> "Erased":
    """Erase the noted captures from files of sites that are not being crawled. held: site that the caller locked."""
    from crawler.locks import SiteLock
    from storage.errors import AlreadyRunning
    from storage.removal import erase_noted

    with ExitStack() as stack:

        def may_write(site: str) -> bool:
            if site == held:
                return True
            try:
                stack.enter_context(SiteLock(archive.folder, site))
            except AlreadyRunning:
                return False
            return True

        return erase_noted(archive.engine, archive.folder, now=now, may_write=cache(may_write))


# Names of the copies that an upgrade or a repair keeps.
_COPIES = ("*.backup", "*.torn-*", "*.aside*")


def _copies(folder: Path, database: Path | None) -> list[str]:
    """Files in the archive's folder, and beside its database, that may still hold the removed text."""
    copies = {path for pattern in _COPIES for path in folder.rglob(pattern)}
    if database is not None:  # the database may be in another folder, with other files
        beside = (path for pattern in _COPIES for path in database.parent.glob(pattern))
        copies |= {path for path in beside if path.name.startswith(f"{database.name}.")}
    return sorted(map(str, copies))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without a name
        return f"user {os.getuid()}"
