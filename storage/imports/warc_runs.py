"""Runs in an import from WARC: the runs that the import starts, and the runs that wrote the file."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from storage.archive import Archive
from storage.maintenance.stored_pages import Reader, SiteFacts
from storage.records import RunStatus
from storage.warc.gzip_members import Member
from storage.warc.warcinfo_fields import run_of, warcinfo_in

MESSAGE = "imported from"


@dataclass(slots=True)
class Imported:
    """captures: saved now. known: in the archive before. others: not pages. articles: new. changed: versions added.

    unreadable: reasons for pages that could not be read. damaged: descriptions of lost parts of the file. skipped:
    number of pages left out by each filter.
    """

    captures: int = 0
    known: int = 0
    others: int = 0
    articles: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)  # the runs that the import started, by site


class RunStarts:
    """The offsets in a file of Warraq at which the runs that wrote it begin."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, str]] = []

    def note(self, member: Member) -> None:
        """Add a member if it begins a run. To be called in the order of the file."""
        about = warcinfo_in(member.content or b"")
        if about is not None:
            self._starts.append((member.offset, run_of(about) or ""))

    def run_at(self, offset: int) -> str:
        """The run that wrote the record at an offset; "" in files from other programs."""
        before = bisect_right(self._starts, offset, key=lambda start: start[0])
        return self._starts[before - 1][1] if before else ""


def end_runs(archive: Archive, counts: Imported, status: RunStatus, path: Path, *, now: datetime) -> None:
    """Finish the runs that an import started."""
    for run_id in counts.runs.values():
        archive.finish_run(run_id, status=status, now=now, requests=0, message=f"{MESSAGE} {path.name}")


def run_of_site(
    archive: Archive, reader: Reader, site: SiteFacts, counts: Imported, path: Path, *, now: datetime
) -> int:
    """The import's run of a site; the first call starts it and locks the site."""
    if site.name not in counts.runs:
        reader.hold(site.name)
        archive.add_site(site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits)
        counts.runs[site.name] = archive.start_run(site.name, now=now, kind="import")
    return counts.runs[site.name]
