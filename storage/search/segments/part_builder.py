"""A process that builds one part of the index: `python -m storage.search.segments.part_builder`.

It reads lines of JSON: first its task, then ranges of article ids, each of which it answers with its number of
articles, then `null`, upon which it commits and answers -1. If the input ends before `null`, its work is discarded.
"""

import sys
from pathlib import Path
from typing import Any

import orjson

from storage.db.database import connect, read_transaction
from storage.search.index_entries import document, entries_between
from storage.search.index_folder import schema, writing


def main() -> None:
    """Build a part as standard input directs."""
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
