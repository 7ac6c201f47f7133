"""The fork server of a command's worker processes, forked before the command starts.

A fork server that starts cold loads the extractor's modules again, about a second of CPU. While it serves, this one
equals the process that multiprocessing would start: a child of the command that runs multiprocessing's own `main`.
"""

import fcntl
import json
import os
import signal
import socket
from collections.abc import Sequence
from multiprocessing import forkserver, util  # noqa: F401 - what is run names the first
from typing import Any

_MAIN = "from multiprocessing.forkserver import main; "
_ABOVE = 200  # descriptors that no fork server is given


def keep_fork_server_ready() -> None:
    """Fork the process that becomes the first fork server. Call it before the command starts threads."""
    ours, theirs = socket.socketpair()
    # A signal to the group is the command's; multiprocessing starts a fork server with these blocked, too.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    spare = os.fork()
    if spare == 0:
        ours.close()
        _serve(theirs)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    start_cold = util.spawnv_passfds

    def start(path: bytes, arguments: Sequence[Any], descriptors: Sequence[int]) -> int:
        command = str(arguments[-1])
        if not command.startswith(_MAIN) or ours.fileno() == -1:
            return start_cold(path, arguments, descriptors)
        with ours:
            message = json.dumps({"command": command, "descriptors": list(descriptors)}).encode()
            socket.send_fds(ours, [message], list(descriptors))
        return spare

    util.spawnv_passfds = start


def _serve(request: socket.socket) -> None:
    """Wait for the request to start a fork server, and become it. The process ends after it, or with its parent."""
    code = 1
    try:
        content, given, _, _ = socket.recv_fds(request, 1 << 16, 8)
        request.close()
        if content:
            wanted = json.loads(content)
            high = [fcntl.fcntl(each, fcntl.F_DUPFD, _ABOVE) for each in given]
            for descriptor in given:
                os.close(descriptor)
            for descriptor, number in zip(high, wanted["descriptors"], strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)
            exec(wanted["command"], {})  # noqa: S102 - what multiprocessing would give to `python -c`
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)
