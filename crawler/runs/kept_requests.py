"""The request count of a run, saved while it runs, so that `warraq runs` is right even after the process was killed."""

import time

from crawler.platforms.run_statistics import RunStatistics
from crawler.runs.archive_writer import ArchiveWriter

KEEP_S = 30.0  # between two writes of a site's count


class KeptRequests:
    """Writes the request count of one run to its row. The transactions that save pages write the other counts."""

    def __init__(self, writer: ArchiveWriter, run: RunStatistics) -> None:
        self._writer, self._run = writer, run
        self._kept_at = float("-inf")

    async def keep_if_due(self) -> None:
        """Write the count if the last write is at least KEEP_S old. Raises ArchiveError."""
        if self._run.run_id is not None and time.monotonic() - self._kept_at >= KEEP_S:
            self._kept_at = time.monotonic()
            await self._writer.note_requests(self._run.run_id, self._run.requests)
