"""Named points at which a test may kill the process, as a power cut would.

Nothing happens unless WARRAQ_FAULTS is "1". Then WARRAQ_FAIL_AT names a point, such as "warc-middle", or its nth
passing, such as "warc-middle:7", at which the process ends at once with 137, the exit code of a SIGKILL.
"""

import os
from collections import Counter

# In the order in which one page passes them.
POINTS = (
    "warc-before",  # nothing of the capture is on the disk
    "warc-middle",  # half of it is
    "warc-after",  # all of it is written, none of it forced to the disk
    "warc-synced",  # the disk has it, no row points at it
    "save-before",  # the page was read, no transaction is open
    "save-commit",  # the transaction is complete, and not committed
    "save-after",  # it is committed
)
# In the order in which one merge of files passes them.
COMPACT_POINTS = (
    "compact-copied",  # one of the files is in the new one, which has no name yet
    "compact-written",  # all of them are, none of it forced to the disk
    "compact-named",  # the new file is complete, no row points at it
    "compact-commit",  # the transaction that moves the rows is complete, and not committed
    "compact-moved",  # it is committed, the old files are there
    "compact-deleted",  # one of them is gone
)
# In the order in which the upload of one file to the archive's store passes them.
UPLOAD_POINTS = (
    "upload-before",  # the store has not been asked
    "upload-stored",  # it has taken the file, and gave back its bytes
    "upload-verified",  # it has the file, which is still in the folder
    "upload-deleted",  # the file is gone from the folder
)
# In the order in which the search index passes them: when it takes a batch of changes in, and when it is made anew.
INDEX_POINTS = (
    "index-noted",  # the state says that removed entries may be left, none was taken out
    "index-given",  # the entries were handed to the index, which has committed nothing
    "index-committed",  # it has committed them, the state does not say so
    "index-stated",  # the state says so
    "index-merging",  # all of them are in, small files are still to be merged
    "index-cut",  # of a copy without deleted entries, a segment is in pieces
    "index-made",  # a new index is complete, the state names the old one
    "index-named",  # the state names the new one, the old one is there
)
_passed: Counter[str] = Counter()


def reach(point: str) -> None:
    """End the process if this is the point, and the passing, that the environment names."""
    if os.environ.get("WARRAQ_FAULTS") != "1":
        return
    name, _, nth = os.environ.get("WARRAQ_FAIL_AT", "").partition(":")
    _passed[point] += 1
    if point == name and _passed[point] == int(nth or 1):
        os._exit(137)
