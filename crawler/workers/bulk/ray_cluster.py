"""Connection to Ray: to the cluster that RAY_ADDRESS names, else to one that this command starts.

A cluster that is started here listens on loopback only, sends no usage statistics, and ends with the command.
"""

import importlib
import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from storage.errors import UsageError, WorkersUnavailable
from storage.messages import message

_PRIVATE = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_AUTH_MODE": "token",
    # Every socket is on loopback, whatever address the machine has.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STARTS = 3  # attempts: on a busy machine one may time out


@contextmanager
def ray_cluster() -> Iterator[int]:
    """Connect to Ray; yield its number of processors.

    Raises UsageError if Ray is not installed, WorkersUnavailable if it doesn't start or answer.
    """
    address = os.environ.get("RAY_ADDRESS")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if not address:
        # Ray reads these when it is imported. Without a token of ours it would write one to the user's home.
        os.environ.update(_PRIVATE, RAY_AUTH_TOKEN=secrets.token_hex(32))
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError as error:
        raise UsageError(message("--engine ray needs Ray: pip install 'warraq[ray]'")) from error
    with TemporaryDirectory(prefix="warraq-ray-", ignore_cleanup_errors=True) as files:
        here = {"include_dashboard": False, "_node_ip_address": "127.0.0.1", "_temp_dir": files}
        _connect(ray, address, {} if address else here)
        try:
            yield max(1, int(ray.cluster_resources().get("CPU", 1)))
        finally:
            ray.shutdown()


def _connect(ray: Any, address: str | None, here: dict[str, Any]) -> None:
    # Ray prints on stdout that a process died, which may break JSON output, and has no public switch for that.
    importlib.import_module("ray._private.worker")._worker_logs_enabled = False  # type: ignore[attr-defined]
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        for left in reversed(range(_STARTS)):
            try:
                ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **here)
            except Exception as error:  # a plain Exception if its processes take longer than 30 s to start
                ray.shutdown()
                if address:
                    raise WorkersUnavailable(
                        message("no Ray cluster answers at {address}: check RAY_ADDRESS", address=address)
                    ) from error
                if not left:
                    why = message(
                        "Ray can't be started here ({kind}): run the same again, or without --engine",
                        kind=type(error).__name__,
                    )
                    raise WorkersUnavailable(why) from error
            else:
                return
    finally:
        for number, handler in handlers.items():  # Ray has set its own
            signal.signal(number, handler)
