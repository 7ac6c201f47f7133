"""What kind of change lies between two versions of an article: headline, body, small, metadata. Pure.

A change is small when only punctuation, white space, diacritics or the spelling of a letter (hamza seats, final yeh,
teh marbuta, the digits' script) differ: what an editor calls a correction, and no reader would call news.
"""

import re
from collections.abc import Mapping
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
    return {name: (old[name], new[name]) for name in METADATA if new[name] and new[name] != old[name]}


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


def _fields(version: Mapping[Any, Any]) -> dict[str, Any]:
    details = version["details"] or {}
    return {name: version["subtitle"] if name == "subtitle" else details.get(name) for name in METADATA}
