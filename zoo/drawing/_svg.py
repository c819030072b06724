"""Writes a drawing as SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # nosec B406

from zoo.drawing._layout import LINE, Place

MARGIN = 16
# light fill, dark fill
COLORS = {
    "conv": ("#cfe3fb", "#1d3f66"), "depthwise": ("#c8eee4", "#12493d"),
    "pool": ("#fde3c4", "#5c3a10"), "dense": ("#e6dafb", "#42306b"),
    "join": ("#ffffff", "#30363d"), "rest": ("#eceff2", "#2b3138"),
    "source": ("none", "none"), "block": ("#cfe3fb", "#1d3f66"),
}  # fmt: skip


def document(title: str, parts: Sequence[str], width: float, height: float):
    """The text of an SVG file.

    Args:
        title: What the drawing shows, for who cannot see it.
        parts: Its elements.
        width, height: Its size without margins, in pixels.
    """
    width, height = (round(side + 2 * MARGIN) for side in (width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} '
        f'{height}" width="{width}" height="{height}" role="img" '
        f"aria-label={quoteattr(title)}>\n<title>{escape(title)}</title>\n"
        f"<style>\n{_style()}</style>\n"
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="head" d="M0 0.5 8 4 0 7.5z"/></marker></defs>\n'
        '<rect class="paper" width="100%" height="100%" rx="8"/>\n'
        f'<g transform="translate({MARGIN} {MARGIN})">\n'
        + "\n".join(parts)
        + "\n</g>\n</svg>\n"
    )


def graph(rows: list[list[Place]], x: float, y: float) -> list[str]:
    """The elements of boxes that are arranged, moved by x and y."""
    lines, boxes = [], []
    for row in rows:
        for place in row:
            if place.box is not None:
                boxes += box(place, x, y)
                lines += [
                    line(_course(place, before), x, y)
                    for before in place.before
                ]
    return lines + boxes


def box(place: Place, x: float, y: float) -> list[str]:
    """A box with its text."""
    kind, texts = place.box.kind, place.box.lines
    left, top = x + place.x - place.width / 2, y + place.y
    radius = place.height / 2 if kind == "join" else 5
    first = top + (place.height - LINE * len(texts)) / 2 + 11.5
    return [
        f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width='
        f'"{place.width:.1f}" height="{place.height:.1f}" rx="{radius:.1f}"/>',
        *(
            text(t, x + place.x, first + i * LINE, "small" if i else "")
            for i, t in enumerate(texts)
        ),
    ]


def text(words: str, x: float, y: float, kind="", anchor="middle") -> str:
    """A line of text."""
    named = f' class="{kind}"' if kind else ""
    return (
        f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def line(points: list[tuple[float, float]], x: float, y: float) -> str:
    """A curve through points, vertical in each, with an arrow at its end."""
    (left, top), *rest = points
    path = f"M{x + left:.1f} {y + top:.1f}"
    for right, low in rest:
        middle = (top + low) / 2
        path += (
            f"C{x + left:.1f} {y + middle:.1f} {x + right:.1f} "
            f"{y + middle:.1f} {x + right:.1f} {y + low:.1f}"
        )
        left, top = right, low
    return f'<path class="line" marker-end="url(#head)" d="{path}"/>'


def _course(place, before):
    """The points of a line from the box where it begins down to a place."""
    points = [(place.x, place.y)]
    while before.box is None:
        points += [(before.x, before.y + before.height), (before.x, before.y)]
        before = before.before[0]
    points.append((before.x, before.y + before.height))
    return points[::-1]


def _style():
    def rules(dark):
        colors = "".join(
            f".{kind}{{fill:{both[dark]}}}" for kind, both in COLORS.items()
        )
        ink, muted, paper, edge = (
            ("#e6edf3", "#9aa4af", "#0d1117", "#768390")
            if dark
            else ("#1f2328", "#59636e", "#ffffff", "#7d8590")
        )
        return (
            f"{colors}.paper{{fill:{paper}}}text{{fill:{ink}}}"
            f".small,.note{{fill:{muted}}}.head{{fill:{edge}}}"
            f"rect{{stroke:{edge}}}.paper,.source{{stroke:none}}"
            f".line{{stroke:{edge}}}"
        )

    return (
        "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,"
        "'DejaVu Sans',sans-serif}.small,.note{font-size:11px}"
        ".title{font-weight:600;font-size:14px}.line{fill:none;"
        "stroke-width:1.3}rect{stroke-width:1}\n"
        f"{rules(False)}\n@media (prefers-color-scheme:dark){{{rules(True)}}}\n"
    )
