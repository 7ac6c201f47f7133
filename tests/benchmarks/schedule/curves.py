"""Curves as an SVG picture: requests to the right, minutes upwards, both on logarithmic scales."""

from collections.abc import Mapping, Sequence
from html import escape
from math import log

Point = tuple[float, float]
WIDTH, HEIGHT, MARGIN = 720, 420, 64
_COLOURS = ("#8a5a00", "#0b5fa5")
_REQUESTS, _MINUTES = (90, 120, 160, 200, 300, 400), (5, 10, 20, 40, 80, 160, 320)


def draw(lines: Mapping[str, Sequence[Point]], marks: Mapping[str, Point]) -> str:
    """The picture. lines, marks: points of requests and minutes, by what to call them."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for requests in _REQUESTS:
        x, _ = _at((requests, 10))
        parts.append(f'<path d="M{x:.0f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{requests}</text>')
    for minutes in _MINUTES:
        _, y = _at((100, minutes))
        parts.append(f'<path d="M{MARGIN} {y:.0f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 8}" y="{y + 4:.0f}" text-anchor="end">{minutes}</text>')
    for number, (name, points) in enumerate(lines.items()):
        colour = _COLOURS[number % 2]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_at, sorted(points)))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        y = MARGIN - 34 + 18 * number
        parts.append(f'<text x="{WIDTH - MARGIN}" y="{y}" text-anchor="end" fill="{colour}">{escape(name)}</text>')
    for name, point in marks.items():
        x, y = _at(point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        parts.append(f'<text x="{x + 9:.1f}" y="{y - 6:.1f}">{escape(name)}</text>')
    parts.append(
        f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 14}" text-anchor="middle">requests a site and day, without revisits'
        f'</text><text x="{MARGIN - 44}" y="{MARGIN - 34}">median delay of a new article, minutes (simulated)</text></svg>'
    )
    return "\n".join(parts) + "\n"


def _at(point: Point) -> Point:
    requests, minutes = point
    across = log(max(requests, 1.0) / _REQUESTS[0]) / log(_REQUESTS[-1] / _REQUESTS[0])
    up = log(max(minutes, 1.0) / _MINUTES[0]) / log(_MINUTES[-1] / _MINUTES[0])
    return MARGIN + across * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)
