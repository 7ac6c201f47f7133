"""The log of a long command: its lines on stderr and the log of libraries, as text or JSON, also to a file."""

import io
import logging
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TextIO

import orjson

from storage.errors import Interrupted, UsageError, WarraqError
from storage.messages import message

LogFormat = Literal["text", "json"]
LEVEL = logging.WARNING  # the format of libraries' records


class LogLines(io.TextIOBase):
    """A stream that writes each printed line as one entry. Safe between threads.

    A file is reopened when it was renamed or removed, as log rotation does. A line that the disk refuses is lost: a
    failing log must not end the command.
    """

    def __init__(self, log_format: LogFormat, path: Path | None, stderr: TextIO) -> None:
        """Raises UsageError when the file can't be opened."""
        self._format, self._path = log_format, path
        self._stream = stderr
        self._lock = threading.RLock()
        self._rest = ""
        if path is not None:
            self._stream = self._opened(path)

    def write(self, text: str) -> int:
        """Write each complete printed line as an entry."""
        with self._lock:
            *lines, self._rest = (self._rest + text).split("\n")
            for line in lines:
                if line.strip():
                    self.entry(line.removeprefix("warraq: "))
        return len(text)

    def entry(self, message: str, *, level: str = "info", logger: str = "warraq", **fields: Any) -> None:
        """Write one entry. fields: further JSON keys; the text format leaves them out."""
        now = datetime.now(UTC)
        if self._format == "json":
            record = {"time": now.isoformat(), "level": level, "logger": logger, "message": message, **fields}
            line = orjson.dumps(record, default=str).decode()
        else:
            line = f"{now:%Y-%m-%d %H:%M:%S} [{logger}] {level.upper()}: {message}"
            line += f"\n{fields['traceback']}" if "traceback" in fields else ""
        with self._lock, suppress(OSError):
            if self._path is not None and self._was_moved(self._path):
                self._stream.close()
                self._stream = self._opened(self._path)
            self._stream.write(f"{line}\n")
            self._stream.flush()

    def end(self) -> None:
        """Write an incomplete last line, and close the file."""
        with self._lock:
            if self._rest.strip():
                self.write("\n")
            if self._path is not None:
                self._stream.close()

    @staticmethod
    def _opened(path: Path) -> TextIO:
        try:
            return path.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise UsageError(
                message("can't write the log to {path}: {why}; name another --log-file", path=path, why=error.strerror)
            ) from error

    def _was_moved(self, path: Path) -> bool:
        try:
            present, opened = path.stat(), os.fstat(self._stream.fileno())
        except FileNotFoundError:
            return True
        return (present.st_dev, present.st_ino) != (opened.st_dev, opened.st_ino)


class LogLinesHandler(logging.Handler):
    """A logging handler that writes the records of libraries as entries."""

    def __init__(self, lines: LogLines) -> None:
        super().__init__(LEVEL)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, its traceback in the same entry."""
        fields = {"traceback": "".join(traceback.format_exception(*record.exc_info))} if record.exc_info else {}
        self._lines.entry(record.getMessage(), level=record.levelname.lower(), logger=record.name, **fields)


@contextmanager
def log_lines(log_format: LogFormat | None, path: Path | None) -> Iterator[LogLines | None]:
    """Log stderr and the records of libraries while the block runs. Yields None without a format and a path.

    An error that ends the block is logged as well; the caller prints it to stderr.
    """
    if log_format is None and path is None:
        yield None
        return
    lines = LogLines(log_format or "text", path, sys.stderr)
    handler = LogLinesHandler(lines)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with redirect_stderr(lines):
            yield lines
    except (WarraqError, Interrupted) as error:
        lines.entry(str(error), level="error", exit_code=error.exit_code)
        raise
    finally:
        root.removeHandler(handler)
        lines.end()
