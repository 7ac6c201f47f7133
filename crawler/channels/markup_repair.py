"""Repair of lists that are not well-formed XML: rewrites the text so that each record is a complete element.

Servers print notices before the XML, leave "&" unescaped and HTML elements unclosed, write names in capitals, and stop
in the middle. A lenient XML parser then nests all items after an unclosed <br> in one another, or drops the text after
an "&". These rules are made for lists: a record holds no record of its kind, a URL or a date holds no element, and the
end of the text ends the list. The time is linear in the text's length.
"""

import html
import re
from html.entities import html5

from crawler.html.characters import without_controls, words

_ROOTS = words("rss rdf feed urlset sitemapindex")
_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,30}:)?(?:rss|rdf|feed|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE | re.ASCII)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD = 65_536  # characters in which the root begins; notices are shorter
_TAG = re.compile(
    r"""<(/?)([a-z_][\w.-]*+(?::[a-z_][\w.-]*+)?)((?>[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+)>""",
    re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
_NAME = re.compile(r"[a-z_][\w.-]*+(?::[a-z_][\w.-]*+)?", re.ASCII)
_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_PLAIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# Elements that hold a URL or a date: any tag in them but their own end tag is read as following them.
_LEAVES = words(
    "link guid id origlink loc lastmod pubdate published updated modified issued created date publication_date"
)
_VOID = words("area base br col embed hr img input meta param track wbr")
_MOST_DEPTH = 60  # deeper elements are closed at once; parsers stop at 256
_MOST_TAGS = 1_000_000  # about 150,000 entries; the protocol allows 50,000. The rest is left out


def repair(text: str, records: frozenset[str]) -> str | None:
    """The list as well-formed XML, names in lower case; None if no list begins near the start of the text.

    records: local names of the elements that are entries. Unknown prefixes stay undeclared. A URL or a date that the
    end of the text cuts off is left out. Never raises.
    """
    root = _ROOT.search(text, 0, _HEAD)
    if root is None or _PAGE.search(text, 0, root.start()):
        return None
    return _Repair(without_controls(text[root.start() :]), records).xml()


class _Repair:
    """One pass over a text that begins with its root element."""

    def __init__(self, text: str, records: frozenset[str]) -> None:
        self._text, self._records = text, records
        self._out: list[str] = []
        self._open: list[tuple[str, int]] = []  # names of open elements, and their positions in `_out`
        self._ends: dict[str, int] = {}  # terminator to the position where it was last found

    def xml(self) -> str:
        """The whole text, rewritten."""
        text, at, tags = self._text, 0, 0
        while tags < _MOST_TAGS:
            begin = text.find("<", at)
            self._out.append(_mended(text[at : begin if begin >= 0 else None]))
            if begin < 0:
                break
            at = self._markup(begin)
            tags += 1
        if self._open and _local(self._open[-1][0]) in _LEAVES:  # it is cut off, so its value may be wrong
            del self._out[self._open.pop()[1] :]
        self._close(0)
        return "".join(self._out)

    def _markup(self, at: int) -> int:
        """Rewrite the markup that begins with "<" at this position; returns its end."""
        text = self._text
        if match := _TAG.match(text, at):
            if match[1]:
                self._end_tag(match[2].lower())
            else:
                self._start_tag(match[2].lower(), match[3])
            return match.end()
        if text.startswith("<![CDATA[", at):
            end, inner = self._find("]]>", at), self._find("<![CDATA[", at + 9)
            if end < 0 or 0 <= inner < end:  # its end is missing: read its content as markup
                return at + 9
            self._out.append(text[at + 9 : end].translate(_PLAIN))
            return end + 3
        for start, terminator in (("<!--", "-->"), ("<?", "?>"), ("<!", ">")):
            if text.startswith(start, at):
                end = self._find(terminator, at)
                return end + len(terminator) if end >= 0 else at + len(start)
        self._out.append("&lt;")
        return at + 1

    def _find(self, terminator: str, at: int) -> int:
        """Position of the next terminator; -1 if there is none. The text is searched once for each terminator."""
        known = self._ends.get(terminator, 0)
        if 0 <= known < at or terminator not in self._ends:
            known = self._ends[terminator] = self._text.find(terminator, at)
        return known

    def _start_tag(self, name: str, rest: str) -> None:
        local = _local(name)
        if self._open and local in _ROOTS:
            return
        if self._open and _local(self._open[-1][0]) in _LEAVES:
            self._close(len(self._open) - 1)
        if local in self._records:
            depth = next((at for at, (each, _) in enumerate(self._open) if _local(each) in self._records), None)
            if depth is not None:
                self._close(depth)
        attributes, empty = _attributes(rest)
        if empty or local in _VOID or len(self._open) >= _MOST_DEPTH:
            self._out.append(f"<{name}{attributes}/>")
            return
        self._open.append((name, len(self._out)))
        self._out.append(f"<{name}{attributes}>")

    def _end_tag(self, name: str) -> None:
        """Close the innermost element of that name. A tag that would close none, or the root, is left out."""
        local = _local(name)
        for depth in range(len(self._open) - 1, 0, -1):
            if _local(self._open[depth][0]) == local:
                self._close(depth)
                return

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            self._out.append(f"</{self._open.pop()[0]}>")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attributes(text: str) -> tuple[str, bool]:
    """A tag's attributes, rewritten, and whether the tag ends with a slash that belongs to none of them."""
    values: dict[str, str] = {}
    end = 0
    for match in _ATTRIBUTE.finditer(text):
        name, value, end = match[1].lower(), match[2] or "", match.end()
        if _NAME.fullmatch(name):
            values.setdefault(name, _mended(value[1:-1] if value[:1] in ("'", '"') else value))
    return "".join(f' {name}="{value}"' for name, value in values.items()), text[end:].strip() == "/"


def _mended(text: str) -> str:
    """Text with its character references resolved and escaped again; any other "&" is escaped."""
    return (_REFERENCE.sub(_character, text) if "&" in text else text).translate(_PLAIN)


def _character(reference: re.Match[str]) -> str:
    """The character of a reference; the reference itself if it is unknown."""
    name = reference[1]
    if name is None:
        return "&"
    return html.unescape(reference[0]) if name[0] == "#" else html5.get(f"{name};", reference[0])
