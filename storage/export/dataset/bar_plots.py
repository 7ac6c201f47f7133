"""Bar plots in SVG for the card of a data set. Labels stay text, so that viewers shape Arabic and can search it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_WIDTH, _LEFT, _RIGHT, _BAR, _GAP, _TOP = 720, 210, 90, 18, 8, 58
_FONT = "'Noto Naskh Arabic','Noto Sans Arabic','Amiri','DejaVu Sans',sans-serif"
# The maximum of bars in a plot; a line below states the rest.
MOST_BARS = 40


def bar_plot(title: str, arabic_title: str, bars: Sequence[tuple[str, float]], *, unit: str = "") -> str:
    """Draw horizontal bars with their values. bars: label and value, in order; unit: written after each value."""
    shown = bars[:MOST_BARS]
    greatest = max((value for _, value in shown), default=0) or 1
    height = _TOP + len(shown) * (_BAR + _GAP) + (30 if len(bars) > len(shown) else 12)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'font-family="{_FONT}" font-size="13" role="img" aria-label="{_escaped(title)}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="30" font-size="16" font-weight="bold" fill="#1f2933">{_escaped(title)}</text>',
        f'<text x="{_WIDTH - 16}" y="30" font-size="16" font-weight="bold" fill="#1f2933" direction="rtl" '
        f'lang="ar">{_escaped(arabic_title)}</text>',
    ]
    for number, (label, value) in enumerate(shown):
        y = _TOP + number * (_BAR + _GAP)
        width = round((_WIDTH - _LEFT - _RIGHT) * value / greatest, 1)
        lines += [
            f'<text x="{_LEFT - 10}" y="{y + 14}" text-anchor="end" fill="#323f4b" unicode-bidi="plaintext">'
            f"{_escaped(_cut(label))}</text>",
            f'<rect x="{_LEFT}" y="{y}" width="{width}" height="{_BAR}" rx="2" fill="#2f6f8f"/>',
            f'<text x="{_LEFT + width + 6}" y="{y + 14}" fill="#52606d">{value:,.6g}{unit}</text>',
        ]
    if len(bars) > len(shown):
        lines.append(f'<text x="16" y="{height - 10}" fill="#52606d">and {len(bars) - len(shown):,} more</text>')
    return "\n".join([*lines, "</svg>", ""])


def _cut(label: str) -> str:
    return label if len(label) <= 26 else f"{label[:25]}…"


def _escaped(text: str) -> str:
    return escape("".join(letter for letter in text if letter.isprintable()), {'"': "&quot;"})
