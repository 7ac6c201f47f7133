"""Fault points: named points of the code at which tests can kill the process, like a power cut.

Active only if WARRAQ_FAULTS is "1". WARRAQ_FAIL_AT names a point, such as "warc-middle", or its nth passing, such as
"warc-middle:7". There the process ends at once with 137, the exit code after SIGKILL.
"""

import os
from collections import Counter

# Saving one page, in the order of passing.
POINTS = (
    "warc-before",  # nothing of the capture is written
    "warc-middle",  # half of the capture is written
    "warc-after",  # all of it is written, not synced to disk
    "warc-synced",  # it is synced, no row refers to it
    "save-before",  # the page was extracted, no transaction is open
    "save-commit",  # the transaction is complete, but not committed
    "save-after",  # the transaction is committed
)
# One merge of files, in the order of passing.
COMPACT_POINTS = (
    "compact-copied",  # one source is copied to the new file, which has no name yet
    "compact-written",  # all sources are copied, not synced to disk
    "compact-named",  # the new file is complete, no row refers to it
    "compact-commit",  # the transaction that updates the rows is complete, but not committed
    "compact-moved",  # it is committed, the sources still exist
    "compact-deleted",  # one source is deleted
)
# The upload of one file to the archive's store, in the order of passing.
UPLOAD_POINTS = (
    "upload-before",  # no request was sent
    "upload-stored",  # the store has the file, and returned its bytes
    "upload-verified",  # the upload is verified, the file is still in the folder
    "upload-deleted",  # the file is deleted from the folder
)
# Updates of the search index by a batch of changes, then rebuilds, in the order of passing.
INDEX_POINTS = (
    "index-noted",  # the state says that removed entries may remain, none is deleted
    "index-given",  # the entries were passed to the index, not committed
    "index-committed",  # they are committed, the state has the old position
    "index-stated",  # the state has the new position
    "index-merging",  # all entries are in, small files are not merged yet
    "index-cut",  # a segment that is copied without deleted entries is in pieces
    "index-made",  # a new index is complete, the state names the old one
    "index-named",  # the state names the new one, the old one still exists
)
_passed: Counter[str] = Counter()


def reach(point: str) -> None:
    """End the process if the environment names this point and passing."""
    if os.environ.get("WARRAQ_FAULTS") != "1":
        return
    name, _, nth = os.environ.get("WARRAQ_FAIL_AT", "").partition(":")
    _passed[point] += 1
    if point == name and _passed[point] == int(nth or 1):
        os._exit(137)
