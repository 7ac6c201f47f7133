"""A worker process and its protocol: one page in, one answer out, within a time limit."""

import base64
import json
import os
import subprocess
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from tests.benchmarks.engines import worker
from tests.benchmarks.engines.corpora import Case
from tests.benchmarks.engines.environments import EnvironmentFailed, python_with
from tests.benchmarks.engines.peers import Engine

PAGE_S = 60  # for one page; the slowest peer needs two seconds for the largest
START_S = 120  # for importing the engine
ROOT = Path(__file__).parents[3]


class EngineFailed(Exception):
    """The engine can't be measured; the message is the reason that the table prints."""


class Process:
    """An engine that waits for pages. Use it in a `with`, or close it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        try:
            python = python_with(engine.requirements)
        except (EnvironmentFailed, OSError) as error:
            raise EngineFailed(f"could not be installed: {error}") from error
        self.version = _version(python, engine)
        # A peer finds nothing of ours on its path, and Warraq's own reader all of it.
        env = {**os.environ, "PYTHONPATH": "" if engine.requirements else str(ROOT), "PYTHONUTF8": "1"}
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process runs
        self._process = subprocess.Popen(
            [str(python), "-P", str(worker.__file__), engine.reader, engine.mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
            env=env,
        )
        try:
            self._answer(START_S)
        except EngineFailed as error:
            self._process.wait()
            said = self._last_words()
            self.close()
            raise EngineFailed(f"could not be started: {said or error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, case: Case) -> dict[str, Any]:
        """The engine's answer for the page (see worker). Raises EngineFailed when it died or took too long."""
        return self._ask(
            {
                "body": base64.b64encode(case.body).decode("ascii"),
                "content_type": case.content_type,
                "url": case.gold.url,
                "fetched_at": case.fetched_at.isoformat(),
            }
        )

    def peak_bytes(self) -> int:
        """The most memory that the process has held so far."""
        return int(self._ask({"op": "memory"})["peak_bytes"])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def _last_words(self) -> str:
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").splitlines()
        return lines[-1][:300] if lines else ""

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise EngineFailed("its process died") from error
        return self._answer(PAGE_S)

    def _answer(self, limit_s: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        timer = threading.Timer(limit_s, self._process.kill)
        timer.start()
        try:
            said = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not said:
            raise EngineFailed(f"its process died, or gave no answer within {limit_s} s")
        answer: dict[str, Any] = json.loads(said)
        return answer


def _version(python: Path, engine: Engine) -> str:
    if not engine.requirements:
        return version("warraq")
    code = f"from importlib.metadata import version; print(version({engine.requirements[0]!r}))"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "?"
