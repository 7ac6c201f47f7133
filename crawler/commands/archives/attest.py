"""`warraq attest`: seal what the archive holds, have it timestamped, and check the archive against its seals."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import one_line, print_json
from crawler.output.progress_bar import progress_bar
from storage.errors import NoArchive, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.delivery.timestamp_authority import TimestampAuthority
    from storage.evidence.attest_report import AttestReport

app = typer.Typer(invoke_without_command=True)
EXIT_WRONG = 1
SHOWN = 20  # of a kind; --json has up to a thousand


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
        with progress_bar("WARC files", in_bytes=True) as advance:
            made = seal_days(opened.folder, now=datetime.now(UTC), on_progress=advance)
        keep_rows(opened.engine, opened.folder)
        problem = None
        stamped = None
        if authority is not None:
            stamped, problem = _have_timestamped(opened.folder, authority)
            keep_rows(opened.engine, opened.folder)
    answer: dict[str, Any] = {
        "seals": [
            {"number": each.number, "day": each.day.isoformat(), "records": each.records, "sha256": each.digest().hex()}
            for each in made
        ],
        "timestamped": stamped,
        "problem": problem,
    }
    if as_json:
        print_json(answer)
    else:
        _print_sealed(answer)
    if problem is not None:
        print(f"warraq: {problem}", file=sys.stderr)
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
    with progress_bar("WARC files", in_bytes=True) as advance:
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
    """Have the newest seal timestamped, if it is not yet. Returns its number; and why there is no timestamp."""
    from crawler.delivery.timestamp_authority import NoTimestamp
    from storage.evidence.seal_folder import numbers, read_text, write_timestamp

    newest = max(numbers(folder), default=0)
    text = read_text(folder, newest, "seal")
    if text is None or read_text(folder, newest, "tsr") is not None:
        return None, None
    try:
        write_timestamp(folder, newest, authority.timestamp(text))
    except NoTimestamp as error:
        return None, f"{error}; the next `warraq attest --tsa` asks again"
    return newest, None


def _print_sealed(answer: dict[str, Any]) -> None:
    for each in answer["seals"]:
        print(f"seal {each['number']}: {each['day']}, {each['records']:,} records, {each['sha256']}")
    if not answer["seals"]:
        print("Nothing is to be sealed: no day is over that has records without a seal.")
    if answer["timestamped"] is not None:
        print(f"Seal {answer['timestamped']} was timestamped.")


def _engine(archive: Path, db: str | None) -> "Engine | None":
    """The tables; None where the folder has WARC files and no database."""
    from storage.db.database import open_readonly

    try:
        return open_readonly(archive, db)
    except NoArchive:
        if db is not None or not (archive / "warc").is_dir():
            raise
        return None


def _print_report(report: "AttestReport") -> None:
    seals = "1 seal" if report.seals == 1 else f"{report.seals:,} seals"
    print(f"{seals}, {report.records:,} sealed records are there as they were sealed.")
    if report.removed:
        print(f"{report.removed:,} sealed records were removed, and their leaves are there.")
    if report.unsealed:
        print(f"{report.unsealed:,} records are not sealed yet: their days are not, or were not, over.")
    print(
        "There is no database: rows were not checked." if report.rows is None else f"{report.rows:,} rows were checked."
    )
    for title, kinds in (("wrong", report.wrong), ("noted", report.noted)):
        for kind, named in sorted(kinds.items()):
            print(f"{title}: {kind}: {named.count:,}")
            for example in named.examples[:SHOWN]:
                print(f"  {one_line(example)}")
            if named.count > SHOWN and len(named.examples) > SHOWN:
                print(f"  … and {named.count - SHOWN:,} more")
    if report.proved_by is not None:
        how = "signature checked" if report.signatures_checked else "signature not checked: name --ca"
        print(f"Seals up to {report.proved_seal} existed by {report.proved_by:%Y-%m-%d %H:%M:%S} UTC ({how}).")
    print("Nothing is wrong." if report.ok else "The archive is not what was sealed.")
