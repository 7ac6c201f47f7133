"""Groups of pages that are saved together: their bytes are synced to disk once, their rows are in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from storage.archive import Archive
from storage.errors import TakenDown
from storage.records import Position, Saved
from storage.writing.group_commit import Write
from storage.writing.run_files import Append

MOST_TOGETHER = 64
Task = TypeVar("Task")


@dataclass(frozen=True, slots=True)
class PageToSave:
    """A page to be saved. key: of the page. write: returns the work of saving it, for the position of its bytes.

    append: its bytes, if the archive lacks them; otherwise `at` is their position. saved: called with the result after
    the commit. taken_down: called instead if the page was taken down and is not saved.
    """

    key: str
    write: Callable[[Position], Write]
    at: Position | None = None
    append: Append | None = None
    saved: Callable[[Saved | None], None] = lambda _: None
    taken_down: Callable[[], None] = lambda: None


class PageGroup:
    """Collects pages and saves them together, in order. Not thread-safe.

    A page with the key of a collected one begins a new group: equal bytes are stored once, so the first must be saved.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pages: dict[str, PageToSave] = {}

    def add(self, page: PageToSave) -> None:
        """Add a page to the group. If it begins a new group, the one before is saved, which may raise."""
        if page.key in self._pages or len(self._pages) >= MOST_TOGETHER:
            self.flush()
        self._pages[page.key] = page

    def holds(self, key: str) -> bool:
        """Whether a page with this key is waiting to be saved."""
        return key in self._pages

    def flush(self) -> None:
        """Save the collected pages. Raises the first error; pages saved before it stay saved."""
        if not self._pages:
            return
        pages, self._pages = list(self._pages.values()), {}
        appends = [page.append for page in pages if page.append is not None]
        positions = iter(self._archive.append_all(appends) if appends else ())
        writes: list[tuple[PageToSave, Write]] = []
        refused: Exception | None = None
        for page in pages:
            position = next(positions) if page.append is not None else page.at
            if isinstance(position, TakenDown):
                page.taken_down()
            elif isinstance(position, Exception):
                refused = refused or position
            elif position is not None:
                writes.append((page, page.write(position)))
        for (page, _), answer in zip(writes, self._archive.commit_all([write for _, write in writes]), strict=True):
            if isinstance(answer, Exception):
                refused = refused or answer
            else:
                page.saved(answer)
        if refused is not None:
            raise refused

    def flushed_before(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Iterate over the tasks; all collected pages are saved before the next task is read, or the end is reached."""
        return _Flushed(self, iter(tasks))


class _Flushed(Iterator[Task]):
    """An iterator class, since an ended generator would not flush again when its end is reached another time."""

    def __init__(self, group: PageGroup, tasks: Iterator[Task]) -> None:
        self._group, self._tasks = group, tasks

    def __next__(self) -> Task:
        self._group.flush()
        return next(self._tasks)
