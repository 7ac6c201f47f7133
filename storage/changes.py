"""What kind of change lies between two versions of an article: headline, body, small, metadata. Pure.

A change is small when only punctuation, white space, diacritics or the spelling of a letter (hamza seats, final yeh,
teh marbuta, the digits' script) differ: what an editor calls a correction, and no reader would call news.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from storage import arabic

ChangeClass = Literal["headline", "body", "small", "metadata"]

# Fields of a version that count as its metadata. Not here: modified_at, which every edit moves; how the date was
# found and printed ("منذ ساعتين" is another an hour later); the spelling of the URL.
METADATA = (
    "subtitle", "authors", "agency", "section", "categories", "tags", "published_at", "language", "description",
    "image",
)  # fmt: skip

# Symbols that change what a number says: 5 and 5 %, 5 and -5. All other punctuation is small.
_TELLING = re.compile(r"([%٪‰؉$€£¥₪﷼+=<>°×÷]|(?:(?<=\s)|^)[-\u2212](?=\d))", re.MULTILINE)
_SIGNS = {"٪": "%", "؉": "‰", "\u2212": "-"}


def classes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[ChangeClass]:
    """How a version differs from the one before it, in the order headline, body, small, metadata; [] when it doesn't.

    before, after: title, subtitle, text and details, as rows of `versions` have them. A field that the later one
    does not show is no change: the page may have been read from another place, such as a feed.
    """
    found: list[ChangeClass] = []
    pairs: tuple[tuple[ChangeClass, str], ...] = (("headline", "title"), ("body", "text"))
    alike = True
    for name, field in pairs:
        old, new = before[field], after[field]
        if old.split() != new.split():
            small = is_small(old, new)
            alike = alike and not small
            found += [] if small else [name]
    found += [] if alike else ["small"]
    return [*found, "metadata"] if metadata(before, after) else found


def metadata(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[str, tuple[Any, Any]]:
    """Field name to (old, new) of the METADATA that differ; before and after as for `classes`."""
    old, new = _fields(before), _fields(after)
    return {name: (old[name], new[name]) for name in METADATA if new[name] and differs(name, old[name], new[name])}


def differs(name: str, old: Any, new: Any) -> bool:
    """Whether the two values of that field of METADATA say different things.

    Dates are as `date_json` gives them: one instant has many offsets, and a day says no other thing than its minute.
    """
    return bool(old != new and not (name == "published_at" and old and new and _is_one_date(old, new)))


def is_small(old: str, new: str) -> bool:
    """Whether the two say the same with other punctuation, white space, diacritics or letter forms."""
    return essence(old) == essence(new)


def essence(text: str) -> str:
    """The words and telling symbols of the text, folded and joined: equal for texts that differ in a small way.

    Joined without blanks ("عبد الله" is "عبدالله"), but for two numbers, which together would be a third.
    """
    pieces: list[str] = []
    for index, part in enumerate(_TELLING.split(text)):
        if index % 2:
            pieces.append(_SIGNS.get(part, part))
            continue
        for token in arabic.tokens(part):
            if pieces and pieces[-1][-1].isdigit() and token[0].isdigit():
                pieces.append(" ")
            pieces.append(token)
    return "".join(pieces)


def _is_one_date(old: str, new: str) -> bool:
    """Whether they are one instant, or the coarser one holds the finer."""
    coarse, fine = sorted((old, new), key=len)
    if "T" not in coarse:
        return fine.startswith(coarse)
    one, other = datetime.fromisoformat(old), datetime.fromisoformat(new)
    if 0 in (one.second, other.second):
        one, other = one.replace(second=0), other.replace(second=0)
    return one == other


def _fields(version: Mapping[Any, Any]) -> dict[str, Any]:
    details = version["details"] or {}
    return {name: version["subtitle"] if name == "subtitle" else details.get(name) for name in METADATA}
