"""The rules of a robots.txt by RFC 9309: which URLs may be fetched, and how fast."""

import codecs
import re
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024  # RFC 9309 §2.5: at least this much is parsed

MOST_SITEMAPS = 100

_AGENT = re.compile(r"user[- ]?agent\s*[:\s]\s*(?P<name>.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*[:\s]", re.IGNORECASE)  # these lines do not end a group
_SITEMAP = re.compile(r"^[ \t]*site-?map[ \t]*:[ \t]*((?:https?:/)?/[^\s]+)", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|!--|script)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules of one robots.txt for us. unreadable: why it could not be read; then everything is forbidden.

    sitemaps: the URLs of its Sitemap lines, as written, in any group.
    """

    parser: Protego
    token: str
    unreadable: str | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        return self.unreadable is None and self.parser.can_fetch(url, self.token)

    @property
    def delay_s(self) -> float | None:
        """Crawl-delay as written, in seconds; None without one."""
        return self.parser.crawl_delay(self.token)


def parse_robots(body: bytes, token: str) -> RobotRules:
    """Parse the first 500 KiB of a robots.txt in any encoding. Never raises; an HTML page has no rules."""
    text = _decode(body[:MAX_BYTES])
    if len(body) > MAX_BYTES:
        text = text[: text.rfind("\n") + 1]  # a path that is cut off would forbid or allow too much
    if _MARKUP.match(text):
        text = ""
    sitemaps = dict.fromkeys(line.partition("#")[0].strip() for line in _SITEMAP.findall(text))
    return RobotRules(Protego.parse(_our_groups(text, token)), token, sitemaps=tuple(sitemaps)[:MOST_SITEMAPS])


def _decode(body: bytes) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    return body.decode("utf-8", errors="replace")


def _our_groups(text: str, token: str) -> str:
    """The lines of the groups for us and for every agent ("*").

    The parser stores every rule once per agent: 500 KiB of agents and rules in one group would take minutes.
    """
    kept: list[str] = []
    ours = False
    heading = False  # whether the line before is one of the User-agent lines that begin a group
    for raw in text.splitlines():
        line = raw.partition("#")[0].replace("\0", "").strip()
        agent = _AGENT.fullmatch(line)
        if agent is not None:
            ours = ours and heading
            heading = True
            name = agent["name"].strip().lower()
            if name.startswith("*"):
                name = "*"
            elif re.split(r"[^a-z_-]", name, maxsplit=1)[0] == token.lower():
                name = token.lower()
            else:
                continue
            ours = True
            kept.append(f"User-agent: {name}")
        elif line and not _SITE_WIDE.match(line):
            heading = False
            if ours:
                kept.append(line)
    return "\n".join(kept)
