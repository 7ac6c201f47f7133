"""`warraq sites`: list the declared sites, or show the profile of one."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import choices, options
from crawler.output.printing import console, minute, print_json, table
from crawler.output.stderr_lines import print_notice
from crawler.translation import _, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.registry.site_choice import SiteChoice
    from storage.schedule.site_schedules import SiteSchedule

# The class was renamed; scripts may read its old name under the key `platform`.
JOINED = {"multichannel": "joined"}


def sites(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One site alone.")] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Show what its own articles taught about the pages of NAME.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="With --profile: write where the body stands into the site file of NAME.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget the profile of NAME; it is learned anew.")] = False,
    forget_line: Annotated[
        list[str] | None,
        typer.Option("--forget-line", metavar="TEXT", help="Never again leave this line out. May be repeated."),
    ] = None,
    country: choices.Country = None,
    group: choices.Group = None,
    exclude: choices.Exclude = None,
    file: choices.SitesFile = None,
    mine: choices.Mine = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the declared sites, and what the archive holds of each; or show what is known of one site's pages.

    Site files that do not import are named on stderr; they stop no other. What is forgotten changes no stored text:
    `warraq reextract --site NAME` does.

    For example:

        warraq sites --country EG,MA --json

        warraq sites hespress --profile
    """
    if write:
        if not profile or forget or forget_line:
            raise UsageError(message("--write goes with --profile alone: warraq sites NAME --profile --write"))
        _write_profile(name, archive=archive, db=db)
        return
    if profile or forget or forget_line:
        _profile(name, forget=forget, lines=forget_line or [], as_json=as_json, archive=archive, db=db)
    else:
        choice = choices.site_choice(country, group, exclude, file, mine)
        _list(name, choice, as_json=as_json, archive=archive, db=db)


def _profile(name: str | None, *, forget: bool, lines: list[str], as_json: bool, archive: Path, db: str | None) -> None:
    """Delete a profile or lines of it if the options say so; then show it."""
    from crawler.locks import SiteLock
    from crawler.output.profile_view import print_profile
    from crawler.workers import site_profiles
    from storage.archive import Archive
    from storage.db.database import open_readonly
    from storage.rows.profiles import StoredProfile
    from storage.writing.corrections import store_profile

    if name is None:
        raise UsageError(message("say which site: warraq sites NAME --profile"))
    if forget or lines:
        with Archive.open(archive, db, create=False) as opened, SiteLock(opened.folder, name):
            old = site_profiles.stored_profile(opened.engine, name)
            new = StoredProfile(forgotten=old.forgotten) if forget else old
            for line in lines:
                if not site_profiles.is_known_line(old, line):
                    notice = message("the profile of {site!s} does not have this line: {line!s}", site=name, line=line)
                    print_notice(notice)
                new = site_profiles.without_line(new, line)
            store_profile(opened.engine, name, new, now=datetime.now(UTC))
    engine = open_readonly(archive, db)
    options.warn_unknown_site(engine, name)
    described = site_profiles.described(site_profiles.stored_profile(engine, name))
    if as_json:
        print_json({"site": name, **described})
    else:
        print_profile(console(), described)


def _write_profile(name: str | None, *, archive: Path, db: str | None) -> None:
    """Write the selectors of the latest design of the site's pages into its file."""
    from crawler.probe import site_file
    from crawler.registry import declared_sites
    from crawler.workers import site_profiles
    from storage.db.database import open_readonly

    if name is None:
        raise UsageError(message("say which site: warraq sites NAME --profile --write"))
    (spider,) = declared_sites.spiders_for([name], declared_sites.declared())
    templates = site_profiles.profile_of(site_profiles.stored_profile(open_readonly(archive, db), name)).templates
    selectors = site_file.selectors_of(templates[0]) if templates else None
    if selectors is None:
        raise UsageError(
            message("no place of the body is known of {name} that could be written; crawl it first", name=name)
        )
    file = declared_sites.file_of(spider)
    site_file.write_selectors(file, selectors)
    line = message("wrote {file!s}: body {body!r}", file=file, body=selectors.body)
    if selectors.drop:
        line = message(
            "wrote {file!s}: body {body!r}, drop {drop!r}", file=file, body=selectors.body, drop=selectors.drop
        )
    print(terminal_line(_(line)))
    print(terminal_line(_("next: {call}").format(call=f"warraq check {name} --update")))


def _list(name: str | None, choice: "SiteChoice", *, as_json: bool, archive: Path, db: str | None) -> None:
    from crawler.registry import declared_sites
    from crawler.registry.site_choice import choose
    from storage.db.database import open_readonly
    from storage.errors import NoArchive
    from storage.queries import last_success
    from storage.queries.run_history import last_imports
    from storage.records import date_json
    from storage.schedule.site_schedules import SiteSchedule, site_schedules

    declared = declared_sites.declared()
    last_crawls: dict[str, tuple[datetime | None, int]] = {}
    schedules: dict[str, SiteSchedule] = {}
    imports: dict[str, datetime] = {}
    with suppress(NoArchive):
        engine = open_readonly(archive, db)
        last_crawls, schedules, imports = last_success(engine), site_schedules(engine), last_imports(engine)
    now = datetime.now(UTC)
    rows = []
    for spider in choose(choice, [name] if name is not None else [], declared):
        site, (finished, articles) = spider.site, last_crawls.get(spider.site.name, (None, 0))
        platform = spider.__mro__[1].__name__.removesuffix("Spider").lower()
        rows.append(
            {
                "name": site.name,
                "title": site.title,
                "country": site.country,
                "groups": list(site.groups),
                "platform": site.theme or JOINED.get(platform, platform),
                "home": site.home,
                "articles": articles,
                "last_success": date_json(finished),
                "last_import": date_json(imports.get(site.name)),
                "verified": site.verified.isoformat() if site.verified else None,
                **_schedule_json(schedules.get(site.name, SiteSchedule()), now),
            }
        )
    for broken in declared.broken.values():
        line = message("{path} does not import: {error}", path=broken.path, error=broken.error)
        print_notice(line)
    if as_json:
        print_json({"sites": rows, "broken": {b.name: b.error for b in declared.broken.values()}})
        return
    keys = ("name", "title", "country", "platform", "articles")
    columns = [_("name"), _("title"), _("country"), _("platform"), _("articles"), _("last success"), _("next due")]
    cells = [
        [
            *(r[key] for key in keys),
            r["last_success"] or (_("imported only") if r["last_import"] else "-"),
            _("paused") if r["paused"] else minute(r["next_due"]),
        ]
        for r in rows
    ]
    console().print(table(None, columns, cells, right=(4,)))


def _schedule_json(schedule: "SiteSchedule", now: datetime) -> dict[str, Any]:
    paused, until = schedule.is_paused(now), schedule.paused_until
    return {
        "next_due": schedule.next_at.isoformat(timespec="seconds") if schedule.next_at else None,
        "interval_minutes": round(schedule.interval.total_seconds() / 60),
        "paused": paused,
        "paused_until": until.isoformat(timespec="seconds") if paused and until else None,
    }
