"""The request count of a run, written to its row while it runs, so that `warraq runs` is right after a kill, too."""

import time

from crawler.platforms.run_statistics import RunStatistics
from crawler.runs.archive_writer import ArchiveWriter

KEEP_S = 30.0  # between two counts of a site


class KeptRequests:
    """Writes the count of one run into its row, now and then. The other counts are in the pages' transactions."""

    def __init__(self, writer: ArchiveWriter, run: RunStatistics) -> None:
        self._writer, self._run = writer, run
        self._kept_at = float("-inf")

    async def keep_if_due(self) -> None:
        """Keep the count, unless that was done a moment ago. Raises ArchiveError."""
        if self._run.run_id is not None and time.monotonic() - self._kept_at >= KEEP_S:
            self._kept_at = time.monotonic()
            await self._writer.note_requests(self._run.run_id, self._run.requests)
