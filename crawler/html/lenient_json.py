"""Lenient parser of JSON that was written wrongly by hand: a mistake spoils its own field and no other.

It makes one pass over the text. The look-ahead is bounded, or ends at the next quote, so that the time is linear in the
text's length for any text.
"""

import re
from typing import Any

_LITERALS = {"true": True, "false": False, "null": None, "undefined": None, "None": None, "NaN": None, "": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_CURLY = str.maketrans("“”„‟″‘’", '"""""\'\'')
_STARTS_CURLY = re.compile(r"\s*[{\[][\s{\[]*[“”„‟″‘’]")
# White space, comments, and the markup that editors of posts put at line ends.
_BLANK = re.compile(r"(?:[\s\ufeff\u200b]+|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--|-->|<br ?/?>|</?p>)+", re.S)
# Bounded and without backtracking, which would try comments within comments in all combinations.
_AHEAD = r"(?:[\s\ufeff]++|//[^\n]{0,200}\n|(?>/\*.{0,200}?\*/)|<br ?/?>|</?p>){0,8}+"
_FIELD = r"[\"'][@\w:.#-]{1,60}[\"']\s{0,9}:"
# The text after a quote that ends a key, and after one that ends a value. Any other quote is part of the string.
_AFTER_KEY = re.compile(rf"{_AHEAD}:", re.S)
_AFTER_FIELD = re.compile(
    rf"{_AHEAD}(?:[}}\]]|\Z|,{_AHEAD}(?:{_FIELD}|[\w$]{{1,60}}\s{{0,9}}:|[,}}\]]|\Z)|{_FIELD})", re.S
)
_AFTER_ITEM = re.compile(
    rf"{_AHEAD}(?:[}}\]]|\Z|,{_AHEAD}(?:[\"'{{\[}}\],\d-]|(?:null|true|false|undefined|NaN)\b|\Z))", re.S
)
_KEY = re.compile(_FIELD)
# A key inside of a value: the value's closing quote is missing.
_NEXT_KEY = re.compile(rf",\s{{0,99}}(?={_FIELD})")
_WORD = re.compile(r"[\w$@.-]{1,60}(?=\s{0,9}:)")
_BARE = re.compile(r"[^,}\]\n\"]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.)|\Z)", re.S)
_QUOTES = {quote: re.compile(rf"\\.|{quote}|,", re.S) for quote in "\"'"}
_DEEP_OBJECT: dict[str, Any] = {}
_DEEP_ARRAY: list[Any] = []
DEEPEST = 60  # nested containers; deeper ones are left out
# Fields of an article. If a person or a picture seems to have one, its closing brace is missing.
_OF_ARTICLES = frozenset(
    ("headline", "datePublished", "dateModified", "articleBody", "articleSection", "mainEntityOfPage", "author")
)
_NO_ARTICLES = frozenset(("person", "organization", "newsmediaorganization", "imageobject"))


def read_values(source: str) -> list[Any]:
    """The objects and arrays in a text, in order, as `json` would return them. Never raises.

    Text before, between and after them is skipped ("var x = {…};").
    """
    return _BrokenJson(source.translate(_CURLY) if _STARTS_CURLY.match(source) else source).read()


class _BrokenJson:
    """Parser state: a text, the position in it, and the open containers, the innermost last."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []  # for each open container, the key whose value comes next
        self._values: list[Any] = []

    def read(self) -> list[Any]:
        while self._at < len(self._source):
            if blank := _BLANK.match(self._source, self._at):
                self._at = blank.end()
            elif self._open:
                self._step(self._source[self._at])
            else:
                self._between(self._source[self._at])
        return self._values

    def _between(self, character: str) -> None:
        """Handle a character outside of all containers. A field there belongs to the last object, closed too early."""
        last = self._values[-1] if self._values else None
        if character in "{[":
            self._begin(character)
        elif character in "\"'" and isinstance(last, dict) and _KEY.match(self._source, self._at):
            self._open, self._keys = [last], [None]
        else:
            self._at += 1

    def _step(self, character: str) -> None:
        holder = self._open[-1]
        awaits_key = isinstance(holder, dict) and self._keys[-1] is None
        if isinstance(holder, list) and len(self._open) > 1 and _KEY.match(self._source, self._at):
            self._open.pop()  # its bracket is missing
            self._keys.pop()
        elif character in "}]":
            self._end(character)
        elif character in ",;:":
            self._at += 1
            if character != ":" and isinstance(holder, dict):
                self._keys[-1] = None  # a key without a value
        elif awaits_key:
            self._key(character)
        elif character in "{[":
            self._begin(character)
        else:
            self._put(self._string(character) if character in "\"'" else self._literal())

    def _begin(self, character: str) -> None:
        self._at += 1
        # Containers that are nested too deeply are not kept: a shared one is used for all of them.
        is_deep = len(self._open) > DEEPEST
        value: dict[str, Any] | list[Any] = (
            (_DEEP_OBJECT if is_deep else {}) if character == "{" else (_DEEP_ARRAY if is_deep else [])
        )
        if not self._open:
            self._values.append(value)
        elif len(self._open) <= DEEPEST:
            self._put(value)
        self._open.append(value)
        self._keys.append(None)

    def _end(self, character: str) -> None:
        """Close the innermost container of that kind with all containers in it, if one is open."""
        self._at += 1
        kind = dict if character == "}" else list
        near = range(len(self._open) - 1, max(len(self._open) - DEEPEST, 0) - 1, -1)
        depth = next((depth for depth in near if isinstance(self._open[depth], kind)), None)
        if depth is not None:
            del self._open[depth:], self._keys[depth:]

    def _key(self, character: str) -> None:
        if character in "\"'":
            key = self._string(character)
        elif word := _WORD.match(self._source, self._at):
            key, self._at = word[0], word.end()
        elif character in "{[":
            return self._begin(character)
        else:
            self._at += 1
            return None
        if key in _OF_ARTICLES and len(self._open) > 1 and _is_of_no_article(self._open[-1]):
            outer = next((n for n in range(len(self._open) - 2, -1, -1) if isinstance(self._open[n], dict)), None)
            if outer is not None:
                del self._open[outer + 1 :], self._keys[outer + 1 :]
        self._keys[-1] = key
        return None

    def _put(self, value: Any) -> None:
        """Add a value to the innermost container. If a key has two values, the first is kept, unless it is empty."""
        holder, key = self._open[-1], self._keys[-1]
        if holder is _DEEP_OBJECT or holder is _DEEP_ARRAY:
            self._keys[-1] = None
        elif isinstance(holder, list):
            holder.append(value)
        elif key is not None:
            if holder.get(key) in (None, "", [], {}):
                holder[key] = value
            self._keys[-1] = None

    def _string(self, quote: str) -> str:
        """Read the string that begins at the position, and move behind its end."""
        begin = self._at + 1
        holder = self._open[-1]
        is_key = isinstance(holder, dict) and self._keys[-1] is None
        after = _AFTER_KEY if is_key else _AFTER_FIELD if isinstance(holder, dict) else _AFTER_ITEM
        end = self._at = len(self._source)
        for match in _QUOTES[quote].finditer(self._source, begin):
            if match[0] == quote and after.match(self._source, match.end()):
                end, self._at = match.start(), match.end()
                break
            if match[0] == "," and not is_key and _NEXT_KEY.match(self._source, match.start()):
                end = self._at = match.start()
                break
        return _unescaped(self._source[begin:end])

    def _literal(self) -> Any:
        bare = _BARE.match(self._source, self._at)
        word = bare[0] if bare else ""
        self._at += len(word) or 1
        word = word.split("//")[0].strip().rstrip(";")
        if word in _LITERALS or word.startswith("<"):
            return _LITERALS.get(word)
        try:
            return float(word) if "." in word else int(word)
        except ValueError:
            return word


def _is_of_no_article(node: dict[str, Any] | list[Any]) -> bool:
    kind = node.get("@type") if isinstance(node, dict) else None
    return isinstance(kind, str) and kind.lower() in _NO_ARTICLES


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_unescape, text)
    # Letters outside of the basic plane are written as two escapes.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    if number:
        return chr(int(number, 16))
    return _ESCAPES.get(match[3], match[3]) if match[3] else ""
