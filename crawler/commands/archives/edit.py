"""`warraq reextract`: extract the stored captures again with today's extractor."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.archives.remove import erase_where_free
from crawler.output.printing import console, one_line, print_json, print_prose
from crawler.output.progress_bar import progress_bar
from crawler.translation import _, counted, terminal_cell, terminal_line
from storage.messages import message

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.workers.reextract_plan import ReextractCounts
    from storage.rows.profiles import StoredProfile


def reextract(
    context: typer.Context,
    site: options.SiteFilter = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only captures fetched on this day or later, UTC.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="On a terminal, too, change it without asking.")] = False,
    examples: Annotated[int, typer.Option("--examples", metavar="N", min=0, help="Show so many changes.")] = 5,
    engine: options.BulkEngine = "local",
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Read the stored captures again with today's extractor, and correct what it reads better.

    No network. First the profile of each site is learned, where its articles teach more than is known. Everything is
    extracted, and what would change is shown. Then the versions are corrected in place: their number and time stay,
    since the newspaper changed nothing. A capture that now gives no article changes nothing. An interrupted
    reextraction continues where it stopped.

    For example:

        warraq reextract --site hespress --since 2025-10-01 --dry-run
    """
    options.start_log(context, log_format, log_file)
    from crawler.registry.declared_sites import declared
    from crawler.workers import reextraction as work
    from crawler.workers.bulk.engines import bulk_engine
    from crawler.workers.reextract_plan import open_plan
    from storage.archive import Archive
    from storage.db.database import open_readonly
    from storage.queries.reextraction_queue import Choice

    day = options.day(since, "--since")
    choice = Choice(site, datetime.combine(day, time(), UTC) if day else None)
    if dry_run:
        open_readonly(archive, db).dispose()  # a dry run must not upgrade the archive
    sites = {name: spider.site for name, spider in declared().spiders.items()}
    with ExitStack() as stack:
        opened = stack.enter_context(Archive.open(archive, db, create=False))
        new_pool = stack.enter_context(bulk_engine(engine))
        profiles = work.current_profiles(opened.engine, opened.folder, choice, sites=sites, new_pool=new_pool)
        plan = stack.enter_context(open_plan(opened.folder, choice, profiles))
        with progress_bar(message("captures read")) as advance:
            work.make_plan(
                opened.folder,
                opened.engine,
                plan,
                choice,
                sites=sites,
                examples=examples,
                new_pool=new_pool,
                on_progress=advance,
            )
        counts = plan.counts
        if not counts.read:
            options.warn_unknown_site(opened.engine, site)
        if not as_json:
            print_counts(counts)
            _print_profiles(counts, profiles)
        changes = counts.corrected + counts.recovered
        apply = not dry_run and changes > 0
        if apply and not yes and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            question = counted("Make these {n:,} changes in {folder}?", changes, folder=opened.folder)
            apply = typer.confirm(terminal_line(question, sys.stderr), err=True)
        if apply or not (dry_run or changes):  # also without changes: it stores the extractor's name with the versions
            with progress_bar(message("changes made")) as advance:
                work.apply_plan(opened.engine, plan, now=datetime.now(UTC), on_progress=advance)
            if counts.removed:
                erase_where_free(opened, datetime.now(UTC))
        plan.discard()
    if as_json:
        lines = {name: sorted(profile.lines) for name, profile in profiles.items()}
        print_json({**counts.as_json(), "learned": lines, "applied": apply})
    else:
        line = counted("{n:,} changes made.", changes) if apply else _("Nothing was changed.")
        print(terminal_line(line))


def print_counts(counts: "ReextractCounts") -> None:
    """Print the counts and examples of a reextraction."""
    out = console()
    line = counted(
        "{n:,} captures read again: {corrected}, {same}, {recovered}",
        counts.read,
        corrected=counted("{n:,} versions read otherwise", counts.corrected),
        same=counted("{n:,} the same", counts.same),
        recovered=counted("{n:,} articles where there was none", counts.recovered),
    )
    out.print(terminal_line(line))
    if counts.corrected:
        line = message(
            "fields: {fields!s}; words: {before:,} before, {after:,} after",
            fields=_(", ").join(f"{_(name)} {count:,}" for name, count in counts.fields.most_common()),
            before=counts.words_before,
            after=counts.words_after,
        )
        out.print(terminal_line(_(line)))
    if counts.unread:
        reasons = _(", ").join(f"{count:,} {_(name)}" for name, count in counts.unread.most_common())
        out.print(terminal_line(_(message("not read any more, and left as they are: {reasons!s}", reasons=reasons))))
    if counts.removed:
        line = counted("{n:,} captures show what was taken down: nothing of it is kept", counts.removed)
        out.print(terminal_line(line))
    if counts.lost:
        out.print(terminal_line(counted("{n:,} captures whose bytes can't be read: see `warraq verify`", counts.lost)))
    for example in counts.examples:
        out.print()
        if example.get("recovered"):
            line = message("recovered: {url!s}", url=one_line(example["url"]))
            out.print(terminal_line(_(line)), markup=False, soft_wrap=True)
            print_prose(out, one_line(example["title"]), style="bold")
            continue
        line = message(
            "[{id}] version {number}: {url!s}",
            id=example["id"],
            number=example["number"],
            url=one_line(example["url"]),
        )
        out.print(terminal_line(_(line)), markup=False, soft_wrap=True)
        for name, (before, after) in example["fields"].items():
            out.print(f"  {terminal_cell(_(name))}:", style="dim", markup=False)
            _print_change(out, before, after)


_MOST_SHOWN = 5  # lines shown per site


def _print_profiles(counts: "ReextractCounts", profiles: "dict[str, StoredProfile]") -> None:
    """Print the profile of each site whose versions change, and the lines that it leaves out of them."""
    out = console()
    for site, count in sorted(counts.sites.items()):
        if site not in profiles:
            continue
        pages = profiles[site].pages
        about = counted("by its profile, learned from {n} pages", pages) if pages else _("by its profile")
        line = counted(
            "{site}: {n:,} versions read otherwise {about}: see `warraq sites {site} --profile`",
            count,
            site=site,
            about=about,
        )
        out.print("\n" + terminal_line(line), markup=False)
        lines = counts.left_out.get(site, [])
        if lines:
            line = counted("{site} prints {n} lines around its articles, which are left out:", len(lines), site=site)
            out.print(terminal_line(line), markup=False)
        for line in lines[:_MOST_SHOWN]:
            print_prose(out, one_line(line), style="dim")
        if len(lines) > _MOST_SHOWN:
            line = counted("… and {n} more: see `--json`", len(lines) - _MOST_SHOWN)
            out.print(terminal_line(line), markup=False)


def _print_change(out: "Console", before: Any, after: Any) -> None:
    from crawler.output.diff_view import print_segments
    from storage.diff.word_diff import compare

    old, new = ("، ".join(value) if isinstance(value, list) else str(value or "") for value in (before, after))
    print_segments(out, [each.as_json() for each in compare(old, new)])
