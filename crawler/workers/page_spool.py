"""A temporary file for pages that are held: a few hundred of them would fill the memory."""

import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from storage.errors import ArchiveError
from storage.messages import message


class PageSpool:
    """Stores pickled values in an unnamed file, which is deleted when it is closed.

    The file is in the archive's folder, whose disk has room for pages; the folder for temporary files may be in memory.
    Methods raise ArchiveError when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        """folder: the archive's. The file is created with the first value."""
        self._folder = folder
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, value: Any) -> int:
        """Append a value; returns its offset."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - open until all were read
            place = self._file.seek(0, 2)
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise self._refused(error) from error
        return place

    def read(self, offsets: Iterator[int]) -> Iterator[Any]:
        """Yield the values at these offsets, one in memory at a time."""
        for place in offsets:
            try:
                if self._file is None:
                    raise LookupError(f"nothing was put aside at {place}")
                self._file.seek(place)
                value = pickle.load(self._file)  # noqa: S301 - this process wrote it
            except OSError as error:
                raise self._refused(error) from error
            yield value

    def close(self) -> None:
        """Delete the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _refused(self, error: OSError) -> ArchiveError:
        why = error.strerror or str(error)
        return ArchiveError(message("pages that wait can't be kept in {folder}: {why}", folder=self._folder, why=why))
