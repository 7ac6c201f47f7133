"""A PostgreSQL server for one test, which may stop and restart it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.requirements import lacks


class Cluster:
    """One server on a free port of 127.0.0.1. url: the URL of its database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def control(self, *arguments: str) -> None:
        """Call pg_ctl, such as `restart -m immediate`."""
        self._run("pg_ctl", "-w", "-D", str(self._folder / "data"), "-l", str(self._folder / "log"), *arguments)

    def make(self) -> None:
        self._run("initdb", "-D", str(self._folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.start()

    def start(self) -> None:
        self.control("-o", f"-p {self.port} -h 127.0.0.1 -k {self._folder}", "start")

    def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root. Its output goes to a file: it would hold a pipe open.
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [*user, str(self._programs / program), *arguments], stdout=out, stderr=out, check=False
            )
            out.seek(0)
            assert done.returncode == 0, out.read()


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A new server, which is deleted at the end. Skips the test where PostgreSQL's programs are missing."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not programs[-1].is_file():
        lacks("postgres", "there is no initdb, which makes a PostgreSQL server")
    folder = Path(tempfile.mkdtemp(prefix="warraq-postgres-", dir="/tmp"))  # where its user may go
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    cluster = Cluster(programs[-1].parent, folder)
    try:
        cluster.make()
        yield cluster
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            cluster.control("stop", "-m", "immediate")
        shutil.rmtree(folder)
