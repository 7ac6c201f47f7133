"""`warraq attest`: seal the archive's records, timestamp the seals, and check the archive against them."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import one_line, print_json
from crawler.output.progress_bar import progress_bar
from crawler.output.stderr_lines import print_notice
from crawler.translation import _, counted, terminal_line
from storage.errors import NoArchive, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.delivery.timestamp_authority import TimestampAuthority
    from storage.evidence.attest_report import AttestReport

app = typer.Typer(invoke_without_command=True)
EXIT_WRONG = 1
SHOWN = 20  # examples of a kind; --json has up to a thousand


@app.callback()
def attest(
    context: typer.Context,
    tsa: Annotated[
        str | None,
        typer.Option("--tsa", metavar="URL", help="Have the newest seal timestamped by this authority (RFC 3161)."),
    ] = None,
    allow_host: options.AllowHost = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Seal the records of every day that is over: one Merkle root a day, each naming the one before.

    Run it once a day from cron. With --tsa, an authority timestamps the newest seal, which covers all before it; the
    digest alone is sent. Seals lie in the archive's folder evidence. docs/evidence.md says what they prove.

    Exit codes: 0 done, also when there was nothing to seal; 1 sealed, and the authority gave no timestamp: the next run
    asks again; 3 another process is sealing or merging files.

    For example:

        warraq attest --tsa https://timestamp.example.org/tsr
    """
    if context.invoked_subcommand is not None:
        if tsa is not None:
            raise UsageError(message("--tsa belongs to `warraq attest`; a check needs --ca alone"))
        return
    from storage.archive import Archive
    from storage.evidence.seal_rows import keep_rows
    from storage.evidence.sealing import seal_days

    authority = _authority(tsa, allow_host) if tsa is not None else None
    with Archive.open(archive, db, create=False) as opened:
        with progress_bar(message("WARC files"), in_bytes=True) as advance:
            seals = seal_days(opened.folder, now=datetime.now(UTC), on_progress=advance)
        keep_rows(opened.engine, opened.folder)
        problem = None
        stamped = None
        if authority is not None:
            stamped, problem = _have_timestamped(opened.folder, authority)
            keep_rows(opened.engine, opened.folder)
    answer: dict[str, Any] = {
        "seals": [
            {"number": each.number, "day": each.day.isoformat(), "records": each.records, "sha256": each.digest().hex()}
            for each in seals
        ],
        "timestamped": stamped,
        "problem": problem,
    }
    if as_json:
        print_json(answer)
    else:
        _print_sealed(answer)
    if problem is not None:
        print_notice(problem)
        raise typer.Exit(EXIT_WRONG)


@app.command("verify")
def verify(
    ca: Annotated[
        Path | None,
        typer.Option(
            "--ca", metavar="FILE", help="The authority's certificates in PEM, by which its signatures are checked."
        ),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Check the archive against its seals, and name each record that was changed, dropped, moved or back-dated.

    It reads every WARC file and needs no network. Without a database it checks the files alone. Writes nothing.

    Exit codes: 0 nothing is wrong; 1 something is; 3 WARC files are being merged.

    For example:

        warraq attest verify --ca authority.pem
    """
    from storage.evidence.evidence_check import check_evidence
    from storage.evidence.timestamps import read_certificates

    certificates = read_certificates(ca) if ca is not None else []
    engine = _engine(archive, db)
    with progress_bar(message("WARC files"), in_bytes=True) as advance:
        report = check_evidence(archive.absolute(), engine, certificates, on_progress=advance)
    if as_json:
        print_json(report.as_json())
    else:
        _print_report(report)
    raise typer.Exit(0 if report.ok else EXIT_WRONG)


def _authority(url: str, allow_host: list[str] | None) -> "TimestampAuthority":
    from crawler import settings
    from crawler.contact import require_contact
    from crawler.delivery.timestamp_authority import TimestampAuthority
    from crawler.http.address_rules import ALLOW, parse_allowed

    try:
        allowed = parse_allowed([*(allow_host or ()), *os.environ.get(ALLOW, "").split(",")])
    except ValueError as error:
        raise UsageError(*error.args) from error
    authority = TimestampAuthority(url, allowed, settings.USER_AGENT)
    require_contact([url], allow_host)
    return authority


def _have_timestamped(folder: Path, authority: "TimestampAuthority") -> tuple[int | None, str | None]:
    """Request a timestamp for the newest seal, unless it has one. Returns its number, and why there is no timestamp."""
    from crawler.delivery.timestamp_authority import NoTimestamp
    from storage.evidence.seal_folder import numbers, read_text, write_timestamp

    newest = max(numbers(folder), default=0)
    text = read_text(folder, newest, "seal")
    if text is None or read_text(folder, newest, "tsr") is not None:
        return None, None
    try:
        write_timestamp(folder, newest, authority.timestamp(text))
    except NoTimestamp as error:
        return None, message("{why}; the next `warraq attest --tsa` asks again", why=error)
    return newest, None


def _print_sealed(answer: dict[str, Any]) -> None:
    for each in answer["seals"]:
        line = counted(
            "seal {number}: {day}, {n:,} records, {sha256}",
            each["records"],
            **{name: each[name] for name in ("number", "day", "sha256")},
        )
        print(terminal_line(line))
    if not answer["seals"]:
        print(terminal_line(_("Nothing is to be sealed: no day is over that has records without a seal.")))
    if answer["timestamped"] is not None:
        print(terminal_line(_(message("Seal {number} was timestamped.", number=answer["timestamped"]))))


def _engine(archive: Path, db: str | None) -> "Engine | None":
    """The engine of the tables; None if the folder has WARC files and no database."""
    from storage.db.database import open_readonly

    try:
        return open_readonly(archive, db)
    except NoArchive:
        if db is not None or not (archive / "warc").is_dir():
            raise
        return None


def _print_report(report: "AttestReport") -> None:
    seals = _("1 seal") if report.seals == 1 else counted("{n:,} seals", report.seals)
    line = counted("{seals}, {n:,} sealed records are there as they were sealed.", report.records, seals=seals)
    print(terminal_line(line))
    if report.removed:
        line = counted("{n:,} sealed records were removed, and their leaves are there.", report.removed)
        print(terminal_line(line))
    if report.unsealed:
        line = counted("{n:,} records are not sealed yet: their days are not, or were not, over.", report.unsealed)
        print(terminal_line(line))
    if report.rows is None:
        print(terminal_line(_("There is no database: rows were not checked.")))
    else:
        print(terminal_line(counted("{n:,} rows were checked.", report.rows)))
    for title, kinds in ((_("wrong"), report.wrong), (_("noted"), report.noted)):
        for kind, named in sorted(kinds.items()):
            print(terminal_line(f"{title}: {_(kind)}: {named.count:,}"))
            for example in named.examples[:SHOWN]:
                print("  " + terminal_line(one_line(_(example))))
            if named.count > SHOWN and len(named.examples) > SHOWN:
                print("  " + terminal_line(counted("… and {n:,} more", named.count - SHOWN)))
    if report.proved_by is not None:
        how = _("signature checked") if report.signatures_checked else _("signature not checked: name --ca")
        line = message(
            "Seals up to {number} existed by {at:%Y-%m-%d %H:%M:%S} UTC ({how!s}).",
            number=report.proved_seal,
            at=report.proved_by,
            how=how,
        )
        print(terminal_line(_(line)))
    print(terminal_line(_("Nothing is wrong.") if report.ok else _("The archive is not what was sealed.")))
