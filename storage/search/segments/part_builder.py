"""A process that makes a part of the index, beside others: `python -m storage.search.segments.part_builder`.

It reads lines of JSON: what it works on, then ranges of article ids, for each of which it answers with a number of
articles, then `null`, for which it commits and answers with -1. Where the lines end before, its work is thrown away.
"""

import sys
from pathlib import Path
from typing import Any

import orjson

from storage.db.database import connect, read_transaction
from storage.search.index_entries import document, entries_between
from storage.search.index_folder import schema, writing


def main() -> None:
    """Do what standard input says."""
    task: dict[str, Any] = orjson.loads(sys.stdin.readline())
    engine = connect(task["url"], readonly=True)
    with writing(Path(task["path"]), schema()) as writer:
        while (ids := orjson.loads(sys.stdin.readline() or '"gone"')) is not None:
            if ids == "gone":
                sys.exit("the process that makes the index is gone")
            with read_transaction(engine) as connection:
                entries = entries_between(connection, *ids)
            for entry in entries:
                writer.add_document(document(entry))
            print(len(entries), flush=True)
        writer.commit()
    print(-1, flush=True)


if __name__ == "__main__":
    main()
