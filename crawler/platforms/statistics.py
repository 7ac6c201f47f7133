"""The counts of a run that its spider keeps."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What finding alone knows about the run; the pipeline counts the rest."""

    listings: int = 0
    links: int = 0  # article links seen on listings, known ones too
    walks: int = 0  # categories whose first page answered
    barren: int = 0  # those whose first page named no article
    scheduled: int = 0
    queued: int = 0  # of those, articles that lists named and that wait in memory, about
    unchanged: int = 0  # lists that answered 304
    notes: list[str] = field(default_factory=list)
