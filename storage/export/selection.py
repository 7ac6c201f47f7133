"""Which articles an export holds, and what is given of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.export.article_schema import FIELDS, Field
from storage.filters import Filters


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """What is exported. fields: what is given of each article, in order.

    reserved: also articles whose pages ask not to be indexed, archived, mined or trained on.
    """

    filters: Filters = field(default_factory=Filters)
    fields: Sequence[Field] = FIELDS
    reserved: bool = False
