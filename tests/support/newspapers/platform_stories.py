"""The stories of a newspaper with a choice of channels, and the channels."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

PAGE = 10


FILE = 20  # articles of a sitemap file


NOW = datetime.now(UTC).replace(microsecond=0)


NAMES = ("الميناء", "السوق", "الجامعة", "المطار", "المتحف", "الملعب", "الحديقة")


@dataclass
class Story:
    number: int
    published: datetime
    modified: datetime | None = None
    protected: bool = False
    section: str = "local"
    edition: int = 1
    hidden_from: frozenset[str] = frozenset()  # channels that don't name it

    @property
    def path(self) -> str:
        return f"/archives/{self.number}/"

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    @property
    def title(self) -> str:
        return f"افتتاح المرحلة رقم {self.number} من مشروع {NAMES[self.number % 7]} بعد أعوام من العمل"


def stories(count: int, *, every: timedelta = timedelta(hours=6)) -> list[Story]:
    """The stories, newest first; the newest is an hour old."""
    newest = NOW - timedelta(hours=1)
    sections = ("local", "world", "sport")
    return [Story(count - n, newest - n * every, section=sections[n % 3]) for n in range(count)]


@dataclass
class Paper:
    """The channels that the newspaper offers.

    status: by channel, the status to answer with instead; 0: the connection is cut.
    """

    stories: list[Story]
    channels: frozenset[str] = frozenset(("rest", "feed", "sitemap", "categories"))
    status: dict[str, int] = field(default_factory=dict)
    wordpress: bool = True
    extra: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # path to type and body
