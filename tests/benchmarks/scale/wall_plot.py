"""An SVG bar chart of the limits of a fleet, the lowest first, on a logarithmic scale of outlets."""

from collections.abc import Sequence
from html import escape

from tests.benchmarks.scale.estimates import Wall
from tests.benchmarks.schedule.curves import Axis

WIDTH, LEFT, RIGHT, TOP, BAR = 720, 20, 40, 40, 44
OUTLETS = Axis("outlets that it carries (estimated)", (1_000, 5_000, 20_000, 100_000, 500_000, 2_000_000))
_SIZES = (5_000, 100_000)


def draw_walls(walls: Sequence[Wall]) -> str:
    """A bar for each; the two sizes of fleet are lines."""
    height = TOP + BAR * len(walls) + 50
    bottom = height - 40

    def x(value: float) -> float:
        return LEFT + OUTLETS.place(value) * (WIDTH - LEFT - RIGHT)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
    ]
    for tick in OUTLETS.ticks:
        colour, width = ("#8a5a00", 2) if tick in _SIZES else ("#ddd", 1)
        parts.append(f'<path d="M{x(tick):.0f} {TOP - 14}V{bottom}" stroke="{colour}" stroke-width="{width}"/>')
        parts.append(
            f'<text x="{x(tick):.0f}" y="{bottom + 16}" text-anchor="middle">{tick:,g}</text>'.replace(
                "2e+06", "2,000,000"
            )
        )
    for number, wall in enumerate(walls):
        y = TOP + BAR * number
        parts.append(f'<text x="{LEFT}" y="{y + 10}">{escape(wall.part)}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{y + 15}" width="{max(1.0, x(wall.outlets) - LEFT):.0f}" height="14" fill="#0b5fa5"/>'
        )
    parts.append(f'<text x="{WIDTH / 2:.0f}" y="{height - 6}" text-anchor="middle">{escape(OUTLETS.name)}</text></svg>')
    return "\n".join(parts) + "\n"
