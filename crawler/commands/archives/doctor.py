"""`warraq doctor`: check an installation and its archive, for unattended crawls."""

import os
from datetime import UTC, datetime

import typer

from crawler.commands import options
from crawler.output.printing import console, one_line, print_json
from crawler.translation import _, padded, terminal_line

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


def doctor(as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None) -> None:
    """Check what crawls need: versions, limits, time zones, contact, network, sites, database, disk, locks, clock.

    Each line is ok, warn or bad, with what to do. Nothing is changed, and no site is asked. Run it as the user and in
    the environment that cron has.

    Exit codes: 0 nothing is bad; 1 something is.

    For example:

        warraq doctor --json
    """
    from crawler.doctor.archive_state import check_archive
    from crawler.doctor.machine import check_machine

    diagnoses = [*check_machine(os.environ), *check_archive(archive, db, now=datetime.now(UTC))]
    is_well = all(each.state != "bad" for each in diagnoses)
    if as_json:
        print_json({"ok": is_well, "checks": [each.as_json() for each in diagnoses]})
    else:
        out = console()
        for each in diagnoses:
            out.print(padded(_(each.state), 5), end="", style=_COLOURS[each.state])
            out.print(padded(_(each.check), 11) + terminal_line(one_line(_(each.text))), markup=False, soft_wrap=True)
            if each.advice is not None:
                advice = terminal_line(_("→ {advice}").format(advice=one_line(_(each.advice))))
                out.print(f"{'':<16}{advice}", markup=False, soft_wrap=True, style="dim")
    raise typer.Exit(0 if is_well else 1)
