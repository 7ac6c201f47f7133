"""A worker's handle of the process that crawls one site for it."""

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Self, cast

import orjson

from crawler.fleet.crawl_process import CrawlReport, Task

_PROGRAM = Path(__file__).parents[2]  # the folder that `crawler` is imported from
_LONGEST_REPORT = 16 * 1024**2  # bytes


class CrawlChild:
    """One crawl in a process and session of its own, so that Ctrl-C reaches only the worker."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, task: Task) -> Self:
        """Start the process. Raises OSError if the system refuses one."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "crawler.fleet.crawl_process"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, (str(_PROGRAM), os.environ.get("PYTHONPATH")))),
            },
            limit=_LONGEST_REPORT,
        )
        stdin = cast(asyncio.StreamWriter, process.stdin)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died, which `ended` reports
            stdin.write(orjson.dumps(asdict(task)) + b"\n")
            await stdin.drain()
            stdin.close()
        return cls(process)

    def stop(self) -> None:
        """Ask the crawl to end in order; a second call ends it at once."""
        with suppress(ProcessLookupError):
            self._process.terminate()

    async def ended(self) -> CrawlReport | None:
        """Wait for the end; returns the report, or None if the process died without one."""
        line = await cast(asyncio.StreamReader, self._process.stdout).readline()
        await self._process.wait()
        try:
            return CrawlReport(**orjson.loads(line))
        except (orjson.JSONDecodeError, TypeError):
            return None

    @property
    def death(self) -> str:
        """How the process ended, for messages."""
        code = self._process.returncode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
