"""Run a program in a fork of a process that has already loaded its modules, which saves 0.6 to 2 s of CPU per run.

The programs are `warraq` and the crawls of tests/support/hostile.py and tests/support/faults/crawls.py. `run` gives a
command its own fork, with the arguments, folder, environment and streams that a shell would give it. The first fork
server of its worker processes is a fork, too (tests/support/warm/warm_fork_server.py). Modules are loaded before the
program starts, and not cleared when it ends. What depends on either (lazy imports, signals during imports, the
interpreter's encoding, its shutdown) is tested by commands that `tests.support.running.start` and `python` start cold.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import crawler
import storage
from tests.support.warm.warm_fork_server import keep_fork_server_ready

ROOT = Path(__file__).parents[3]
PROGRAMS = ("crawler.__main__", "tests.support.crawl_spider", "tests.support.faults.clocked_crawl")
# Read the environment or Alembic's context while they are imported; and Twisted's reactor can't be shared.
# And `fork_server` binds the life of the process that loads it to its parent's.
NOT_LOADED = (
    "crawler.settings",
    "crawler.workers.fork_server",
    "storage.db.migrations.env",
    "twisted.internet.reactor",
)
WITH_WORKERS = (["crawl"], ["import"], ["reextract"], ["reindex"], ["repair"], ["save"])  # commands that extract
LIBRARIES = (
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scheduler",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.extensions.feedexport",
    "scrapy.pipelines",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)


class WarmProcess:
    """The process that forks. It runs one command at a time.

    program: the module whose `main` is run; one of PROGRAMS.
    """

    def __init__(self, program: str, environment: dict[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.warm.warm_start", program, str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # Python's streams learn of what kind theirs is while they are made
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def close(self) -> None:
        """End the process, and count its CPU time as that of a child of this process."""
        self._socket.close()
        _, err = self._process.communicate()
        assert not err, err.decode()

    def run(
        self, arguments: tuple[str, ...], *, cwd: Path, env: dict[str, str], timeout: float
    ) -> tuple[int | None, str, str]:
        """Run the program: (exit code, None when killed after the timeout; standard output; standard error)."""
        out, their_out = os.pipe()
        err, their_err = os.pipe()
        request = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env}).encode()
        self._socket.sendall(len(request).to_bytes(4, "big"))
        socket.send_fds(self._socket, [request[:1]], [their_out, their_err])
        self._socket.sendall(request[1:])
        os.close(their_out)
        os.close(their_err)
        child = int.from_bytes(_exactly(self._socket, 4), "big")
        texts, in_time = _drain((out, err), time.monotonic() + timeout)
        if not in_time:
            os.kill(child, signal.SIGKILL)
        code = int.from_bytes(_exactly(self._socket, 4), "big", signed=True)
        return (code if in_time else None), texts[0], texts[1]


def _drain(pipes: tuple[int, int], until: float) -> tuple[list[str], bool]:
    """Read the pipes until both are closed. Returns their texts, and False if that takes too long."""
    contents = dict.fromkeys(pipes, b"")
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0, until - time.monotonic()))
            if not ready:
                break
            for key, _ in ready:
                part = os.read(key.fd, 1 << 16)
                contents[key.fd] += part
                if not part:
                    selector.unregister(key.fd)
        in_time = not selector.get_map()
    for pipe in pipes:
        os.close(pipe)
    return [contents[pipe].decode() for pipe in pipes], in_time


def _exactly(connection: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        part = connection.recv(count - len(content))
        if not part:
            raise EOFError
        content += part
    return content


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Fork for each request. Returns the request in each child, its streams in place; None after the last one."""
    while True:
        try:
            size = int.from_bytes(_exactly(connection, 4), "big")
        except EOFError:
            return None
        first, streams, _, _ = socket.recv_fds(connection, 1, 2)
        request: dict[str, Any] = json.loads(first + _exactly(connection, size - 1))
        child = os.fork()
        if child == 0:
            connection.close()
            for number, stream in enumerate(streams, 1):
                os.dup2(stream, number)
                os.close(stream)
            return request
        for stream in streams:
            os.close(stream)
        connection.sendall(child.to_bytes(4, "big"))
        _, status = os.waitpid(child, 0)
        connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def main() -> None:
    """Load the modules, fork for each request, and in each fork run the program."""
    _, program, descriptor = sys.argv
    if program != "crawler.__main__":  # which is a module anew in each fork
        importlib.import_module(program)
    ours = [
        module.name
        for room in (crawler, storage)
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    ]
    for name in (*ours, *LIBRARIES):
        if name not in (*NOT_LOADED, "crawler.__main__") and "migrations.versions" not in name:
            importlib.import_module(name)
    assert not set(NOT_LOADED) & set(sys.modules), NOT_LOADED
    gc.collect()
    gc.freeze()
    request = serve(socket.socket(fileno=int(descriptor)))
    if request is None:
        return
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    tempfile.tempdir = None
    sys.path[0] = request["cwd"]  # as `python -m` does; the checkout is in PYTHONPATH
    if program != "crawler.__main__" or request["arguments"][:1] in WITH_WORKERS:
        keep_fork_server_ready()
    module = importlib.import_module(program)
    sys.modules["__main__"] = module  # processes that it makes begin with this module, as they do after a cold start
    sys.argv = [str(module.__file__), *request["arguments"]]
    try:
        module.main()
        code = 0
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        code = end.code or 0
    end_process(code)


def end_process(code: int) -> None:
    """End the process as an interpreter does, but without clearing the loaded modules, which takes 0.07 s of CPU."""
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads; multiprocessing ends its forks so, too
    atexit._run_exitfuncs()
    gc.collect()  # what the program itself left is ended by its finalizers
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
