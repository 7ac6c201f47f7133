"""Simulate days of cron in minutes: a run every hour of the fleet's clock, while earlier runs still wait for sites."""

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.fleet.cron_run import CronJob
from tests.support.fleet.outlets_by_clock import FleetServer, Outlet
from tests.support.running import environment


@dataclass
class HourlyRun:
    """One run, its output for each site and its last output. first: the index of its first request at the server."""

    process: "subprocess.Popen[str]"
    first: int
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    end: dict[str, Any] = field(default_factory=dict)

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            answer = json.loads(line)
            if "site" in answer:
                self.told[answer["site"]] = answer
            else:
                self.end = answer


def run_hours(
    server: FleetServer, folder: Path, outlets: Sequence[Outlet], hours: int, *, patience_s: float, **job: Any
) -> list[HourlyRun]:
    """Start a run for each of so many hours from the server's time on, when the healthy outlets of the run before have
    ended.

    patience_s: longest wait for those outlets. job: fields of CronJob. With only_due, the next run also starts once the
    run before has ended as a process.
    """
    healthy = {outlet.name for outlet in outlets if outlet.conduct in {"healthy", "redesigned"}}
    runs: list[HourlyRun] = []
    readers: list[threading.Thread] = []
    for hour in range(hours):
        at: datetime = server.at
        cron = CronJob(str(folder), tuple(outlet.name for outlet in outlets), at.isoformat(), **job)
        run = HourlyRun(_start(cron, server, folder), len(server.requests))
        reader = threading.Thread(target=run.read, daemon=True)
        reader.start()
        runs.append(run)
        readers.append(reader)
        waited = 0.0
        while not healthy <= run.told.keys() and reader.is_alive():
            reader.join(0.1)
            waited += 0.1
            assert waited < patience_s, f"hour {hour}: not crawled: {sorted(healthy - run.told.keys())[:5]}"
        server.at = at + timedelta(hours=1)
    for run, reader in zip(runs, readers, strict=True):
        reader.join(patience_s)
        assert not reader.is_alive(), "a run did not end"
        err = run.process.stderr.read() if run.process.stderr else ""
        run.process.wait(10)
        assert "Traceback" not in err, err[-3000:]
    return runs


def _start(cron: CronJob, server: FleetServer, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        cron.command,
        cwd=folder.parent,
        env=environment(**server.environment, PYTHONPATH=os.pathsep.join([str(Path(__file__).parents[3])])),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
