"""Entry point of `warraq` and `python -m crawler`. Ctrl-C and SIGTERM end it with one line, even during imports."""

import gc
import os
import signal
from types import FrameType
from typing import NoReturn

from storage.errors import Interrupted

IMPORTED = 200_000  # objects before the first garbage collection; a search ends with 108,000
YOUNG = 10_000  # objects between later ones; with Python's default of 700 a crawl spent a sixth of its time on them


def main() -> None:
    """Run the command line."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    put_off_collections()
    from crawler import cli  # noqa: PLC0415 - after the handlers are set

    cli.main()


def put_off_collections() -> None:
    """Delay the first garbage collection, so that short commands run none.

    Objects made by imports are never garbage; collections that scanned them took a tenth of the time of a search.
    """

    def begin(_phase: str, _about: dict[str, int]) -> None:
        gc.callbacks.remove(begin)
        gc.freeze()
        gc.set_threshold(YOUNG)

    gc.callbacks.append(begin)
    gc.set_threshold(IMPORTED)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the process at once. Nothing is open during the imports, and imported code might catch an exception."""
    os.write(2, b"warraq: interrupted\n")
    os._exit(Interrupted.exit_code)


if __name__ == "__main__":
    main()
