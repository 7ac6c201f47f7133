"""Site files for the outlets of a served fleet, and the command lines of a fleet."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.fleet.outlets_by_clock import FleetServer
from tests.support.running import Ran, start, warraq

_FILE = '''"""A served outlet."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Outlet(MultiChannelSpider):
    site = Site({name!r}, "http://{host}/", feeds=("/feed/",), channels=("feed",), revisits="off", delay_s={delay_s}{groups})
'''


def write_site(
    folder: Path, name: str, *, host: str | None = None, delay_s: float = 0.0, groups: Sequence[str] = ()
) -> None:
    """Write a site file that requests only the outlet's feed: thirty articles at most."""
    folder.mkdir(exist_ok=True)
    text = _FILE.format(
        name=name,
        host=host or f"{name}.example",
        delay_s=delay_s,
        groups=f", groups={tuple(groups)!r}" if groups else "",
    )
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Fleet:
    """The fleet of one archive. folder: has the site files and the archives' folders. extra: environment variables."""

    folder: Path
    db: str
    server: FleetServer
    heartbeat_s: int = 2
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "WARRAQ_SPIDERS": str(self.folder / "sites"),
            "WARRAQ_DB": self.db,
            **self.server.environment,
            **self.extra,
        }

    def run(self, *arguments: str, archive: str = "archive") -> Ran:
        return warraq(*arguments, "--archive", archive, cwd=self.folder, **self.environment)

    def schedule(self) -> Any:
        """Run one round of the schedule and return its JSON."""
        ran = self.run("schedule", "--mine", "--json")
        assert ran.code == 0, ran.err
        return ran.json

    def start_worker(self, *arguments: str, archive: str = "archive") -> "subprocess.Popen[str]":
        heartbeat = ("--heartbeat", f"{self.heartbeat_s}s")
        return start(
            "worker", *heartbeat, "--archive", archive, "--json", *arguments, cwd=self.folder, **self.environment
        )
