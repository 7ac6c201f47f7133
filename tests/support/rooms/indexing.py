"""A program that changes articles and updates their index, to be killed: `python -m … URL FOLDER WORK [SEED]`.

WORK is `catch-up`, `rebuild`, `scrub`, or `all`, which does all of them with random articles until it is killed.
"""

import random
import sys
from pathlib import Path

from sqlalchemy import func, select

from storage.db.database import connect
from storage.db.schema import articles
from storage.search import index
from tests.support.rooms.search import add, change, take_down

WORDS = ("خبر", "كأس", "نفط", "قمة", "سوق", "مطر")


def main() -> None:
    """Do the work that the command line names."""
    url, folder, work, *seed = sys.argv[1:]
    engine = connect(url, folder=Path(folder))
    index.BATCH = 5
    if work == "rebuild":
        index.rebuild(engine)
    elif work in ("catch-up", "scrub"):
        index.catch_up(engine, scrub=work == "scrub")
    draw = random.Random(int(seed[0]) if seed else 0)
    print("ready", flush=True)
    while work == "all":
        with engine.connect() as connection:
            last = connection.scalar(select(func.max(articles.c.id))) or 0
        for number in range(last + 1, last + 1 + draw.randrange(1, 12)):
            add(engine, number, " ".join(draw.choices(WORDS, k=6)))
        for _ in range(draw.randrange(3)):
            change(engine, draw.randrange(last + 1) + 1, text=" ".join(draw.choices(WORDS, k=6)))
        if draw.random() < 0.3:
            take_down(engine, draw.randrange(last + 1) + 1)
        if draw.random() < 0.1:
            index.rebuild(engine)
        else:
            index.catch_up(engine, scrub=draw.random() < 0.1)


if __name__ == "__main__":
    main()
