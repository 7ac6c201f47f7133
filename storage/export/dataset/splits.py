"""Splits of a data set, by a seed or by time. All articles of a cluster of near-duplicates are in one split."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, func, select

from storage.db.schema import articles
from storage.errors import UsageError
from storage.export.article_rows import as_stored
from storage.export.batches import Batch
from storage.export.sampling import rank
from storage.messages import message

NAMES = ("train", "validation", "test")
# Columns that determine an article's split.
COLUMNS = ("url", "cluster", "published_at", "first_seen_at")


@dataclass(frozen=True, slots=True)
class Splits:
    """The rule of a division into splits: by shares or days; without both, all articles are in train.

    shares: of train, validation and test, drawn by the seed. days: first days of validation and test, as text in UTC
    (storage.export.batches).
    """

    shares: tuple[float, ...] = (1.0,)
    seed: int = 0
    days: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The rule as JSON."""
        if self.days:
            return {"by": "time", "days": list(self.days)}
        return {"by": "seed", "shares": list(self.shares), "seed": self.seed}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the splits, in order."""
        return NAMES[: len(self.days) + 1 if self.days else len(self.shares)]


def shares_of(text: str | None) -> tuple[float, ...]:
    """Parse shares such as "90,5,5", in percent. Raises UsageError unless there are two or three, with the sum 100."""
    if text is None:
        return (1.0,)
    try:
        shares = tuple(float(part) / 100 for part in text.split(","))
    except ValueError as error:
        raise UsageError(
            message("--split {text!r} is no list of percentages; write it as 90,5,5", text=text)
        ) from error
    if len(shares) not in (2, 3) or not all(0 < share < 1 for share in shares) or abs(sum(shares) - 1) > 1e-9:
        raise UsageError(
            message("--split {text!r} should be two or three percentages that make 100, such as 90,5,5", text=text)
        )
    return shares


class SplitChooser:
    """Assigns articles to splits. connection: if split by time, the first day of each cluster is read from it once."""

    def __init__(self, connection: Connection, splits: Splits) -> None:
        self._splits = splits
        self._bounds = list(accumulate(splits.shares))[:-1]
        self._firsts: dict[int, str] = {}
        if splits.days:
            dated = func.coalesce(articles.c.published_at, articles.c.first_seen_at)
            query = (
                select(articles.c.cluster, as_stored(func.min(dated), connection).label("first"))
                .where(articles.c.cluster.is_not(None), articles.c.status != "removed")
                .group_by(articles.c.cluster)
            )
            self._firsts = {int(row.cluster): str(row.first) for row in connection.execute(query)}

    def choose(self, batch: Batch) -> list[int]:
        """The index of each article's split. The batch must have COLUMNS."""
        return [self._one(*values) for values in zip(*(batch.columns[name] for name in COLUMNS), strict=True)]

    def _one(self, url: str, cluster: int | None, published: str | None, seen: str) -> int:
        if self._splits.days:
            first = self._firsts.get(cluster, published or seen) if cluster is not None else published or seen
            return sum(first >= day for day in self._splits.days)
        place = rank(self._splits.seed, url if cluster is None else f"cluster {cluster}") / 2**64
        return sum(place >= bound for bound in self._bounds)


def parted(batch: Batch, numbers: Sequence[int], count: int) -> list[Batch]:
    """Divide the batch into `count` batches. numbers: the index of each article's split."""
    return [batch.take([index for index, each in enumerate(numbers) if each == number]) for number in range(count)]
