"""Curves as an SVG picture, both scales logarithmic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log

Point = tuple[float, float]
WIDTH, HEIGHT, MARGIN = 720, 420, 64
_COLOURS = ("#8a5a00", "#0b5fa5", "#2d7a2d")


@dataclass(frozen=True, slots=True)
class Axis:
    """name: what is counted. ticks: ascending; the first and the last are the ends."""

    name: str
    ticks: Sequence[float]

    def place(self, value: float) -> float:
        """Where a value stands, from 0 to 1; one beyond an end stands there."""
        first, last = self.ticks[0], self.ticks[-1]
        return log(min(last, max(first, value)) / first) / log(last / first)


def draw(lines: Mapping[str, Sequence[Point]], marks: Mapping[str, Point], across: Axis, up: Axis) -> str:
    """Draw the picture. lines, marks: points by name."""

    def at(point: Point) -> Point:
        x, y = across.place(point[0]), up.place(point[1])
        return MARGIN + x * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - y * (HEIGHT - 2 * MARGIN)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for tick in across.ticks:
        x, _ = at((tick, up.ticks[0]))
        parts.append(f'<path d="M{x:.0f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{tick:,g}</text>')
    for tick in up.ticks:
        _, y = at((across.ticks[0], tick))
        parts.append(f'<path d="M{MARGIN} {y:.0f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 8}" y="{y + 4:.0f}" text-anchor="end">{tick:,g}</text>')
    for number, (name, points) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, sorted(points)))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        y = MARGIN - 34 + 18 * number
        parts.append(f'<text x="{WIDTH - MARGIN}" y="{y}" text-anchor="end" fill="{colour}">{escape(name)}</text>')
    for name, point in marks.items():
        x, y = at(point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        parts.append(f'<text x="{x + 9:.1f}" y="{y - 6:.1f}">{escape(name)}</text>')
    parts.append(
        f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 14}" text-anchor="middle">{escape(across.name)}'
        f'</text><text x="{MARGIN - 44}" y="{MARGIN - 34}">{escape(up.name)}</text></svg>'
    )
    return "\n".join(parts) + "\n"
