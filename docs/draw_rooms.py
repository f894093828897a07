"""Draws the picture of the rooms, ``rooms.svg``, from the imports of the code.

``python docs/draw_rooms.py`` draws it anew; with ``--check`` it fails where the picture is not what the code
says. The layers are those of ``.importlinter``; only where boxes stand is said here. It needs what extra
``lint`` brings.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from configparser import ConfigParser
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap

import grimp

HERE = Path(__file__).parent
PICTURE = HERE / "rooms.svg"
PACKAGE = "reverse_match"
FACE = "public face"

HOLDS = {
    FACE: ("the names at the top, the command, testing",),
    "views": ("how it is shown: words, pages, pictures, command line",),
    "audits": ("by group: who has a duo, who has none, what the policy did",),
    "study": ("what if: many matches",),
    "programme": ("rounds, feedback, rotation, plans",),
    "verification": ("a second opinion, from the input alone",),
    "matching": ("people to arrays and back; what comes out, why, why not",),
    "constraints": ("what forbids a pair, demands one, or bounds them all",),
    "scoring": ("how well two people fit, in exact millionths",),
    "people": ("who takes part", "files, frames, records"),
    "policy": ("what is wanted", "plain data"),
    "solver": ("arrays only", "one door to OR-Tools, one to HiGHS"),
    "foundation": ("errors, records, numbers, names, dates, files, progress",),
}
"""What is in each room, in a line or two."""

SPANS = {
    "study": (0, 40),
    "programme": (42, 100),
    "verification": (42, 100),
    "people": (0, 26),
    "policy": (28, 54),
    "solver": (56, 100),
}
"""From where to where a room reaches that does not fill its layer, in hundredths of the width."""

WIDTH, LEFT, RIGHT, TOP = 760, 16, 706, 16
INDENT, GAP, LINE, PADDING = 12, 36, 17, 14
LETTER = 6.6  # the width of a small one, in whatever font there is

LEGEND = (
    "Numbers count imports of one module by another. What arrows reach in several steps stands behind “also”."
)

STYLE = """
  .paper { fill: #ffffff; }
  .box { fill: #f3f6fa; stroke: #7d93ad; }
  .door { fill: #fbf3e4; stroke: #b08a4a; }
  .name { fill: #14283f; font-weight: 600; font-size: 15px; }
  .holds { fill: #33465c; }
  .further { fill: #5a6b7f; font-size: 11.5px; }
  .size { fill: #5a6b7f; font-size: 11.5px; text-anchor: end; }
  .count { fill: #14283f; font-size: 12px; }
  .arrow { stroke: #50667f; stroke-width: 1.4; fill: none; marker-end: url(#head); }
  .head { fill: #50667f; }
  .hook { stroke: #a8641c; stroke-width: 1.4; stroke-dasharray: 4 4; fill: none; marker-end: url(#tip); }
  .tip, .hook-name { fill: #a8641c; }
  text { font: 12.5px system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #16191d; }
    .box { fill: #222a33; stroke: #5f7890; }
    .door { fill: #33291a; stroke: #94753f; }
    .name, .count { fill: #e8eef5; }
    .holds { fill: #c3cedb; }
    .further, .size { fill: #9fb0c2; }
    .arrow { stroke: #8ea6bf; }
    .head { fill: #8ea6bf; }
    .hook { stroke: #e0a057; }
    .tip, .hook-name { fill: #e0a057; }
  }
"""


@dataclass(frozen=True)
class House:
    """The rooms as the code has them.

    Attributes
    ----------
    layers : list of list of str
        The rooms, from those that import most to those that are imported most.
    sizes : Counter
        The modules of each room.
    imports : Counter
        How many times a module of one room imports one of another.
    """

    layers: list[list[str]]
    sizes: Counter[str]
    imports: Counter[tuple[str, str]]

    def next_below(self, room: str) -> list[str]:
        """Return what a room imports and reaches by no other room: these imports become arrows."""
        direct = self._imported_by(room)
        further = {far for near in direct for far in self._reached_from(near)}
        return [one for one in direct if one not in further]

    def further_below(self, room: str) -> list[str]:
        """Return what else a room imports: these are told in its box."""
        near = self.next_below(room)
        return [one for one in self._imported_by(room) if one not in near]

    def _imported_by(self, room: str) -> list[str]:
        return [other for layer in self.layers for other in layer if self.imports[room, other]]

    def _reached_from(self, room: str) -> set[str]:
        near = self._imported_by(room)
        return set(near).union(*(self._reached_from(one) for one in near))


@dataclass(frozen=True)
class Box:
    """Where a room stands."""

    left: float
    right: float
    top: float
    bottom: float


def read_house() -> House:
    """Read the layers from the contract and the imports from the code."""
    contract = ConfigParser()
    contract.read(HERE.parent / ".importlinter", encoding="utf-8")
    lines = contract["importlinter:contract:rooms"]["layers"].split("\n")
    layers = [[room.strip() for room in line.split("|")] for line in lines if line.strip()]
    layers[0] = [FACE]  # the modules at the root
    rooms = {room for layer in layers for room in layer}
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    sizes: Counter[str] = Counter()
    imports: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        room = _room_of(module, rooms)
        sizes[room] += 1
        others = (_room_of(other, rooms) for other in graph.find_modules_directly_imported_by(module))
        # The command line calls the library by its public names, as a user does: that is no room above it.
        imports.update((room, other) for other in others if other not in (room, FACE))
    return House(layers, sizes, imports)


def _room_of(module: str, rooms: set[str]) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in rooms else FACE


def place_boxes(house: House) -> dict[str, Box]:
    """Return where each room stands: its layer says how far down, its span how far to the side."""
    boxes: dict[str, Box] = {}
    top = float(TOP)
    for layer in house.layers:
        bottom = top + PADDING + LINE * max(1 + len(_lines(house, room)) for room in layer)
        for room in layer:
            boxes[room] = Box(*_sides(room), top, bottom)
        top = bottom + GAP
    return boxes


def _sides(room: str) -> tuple[float, float]:
    start, end = SPANS.get(room, (0, 100))
    return LEFT + start * (RIGHT - LEFT) / 100, LEFT + end * (RIGHT - LEFT) / 100


def _lines(house: House, room: str) -> list[tuple[str, str]]:
    """Return what stands below the name of a room, each line with its kind."""
    left, right = _sides(room)
    further = ", ".join(
        f"{other}\N{NO-BREAK SPACE}{house.imports[room, other]}" for other in house.further_below(room)
    )
    wrapped = wrap(f"also {further}", int((right - left - 2 * INDENT) / LETTER)) if further else []
    return [("holds", line) for line in HOLDS[room]] + [("further", line) for line in wrapped]


def draw(house: House) -> str:
    """Return the picture as SVG, the same bytes for the same imports."""
    boxes = place_boxes(house)
    height = boxes[house.layers[-1][0]].bottom + 34
    rooms = [room for layer in house.layers for room in layer]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        'aria-labelledby="title description">',
        f'<title id="title">The rooms of {PACKAGE} and what they import</title>',
        f'<desc id="description">{escape(describe(house))}</desc>',
        f"<style>{STYLE}</style>",
        "<defs>",
        *(
            f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path class="{name}" d="M0 0.5 8 4 0 7.5z"/>'
            "</marker>"
            for name in ("head", "tip")
        ),
        "</defs>",
        f'<rect class="paper" width="{WIDTH}" height="{height:g}" rx="8"/>',
    ]
    for room in rooms:
        parts += _drawn_arrows(house, boxes, room)
    for room in rooms:
        parts += _drawn_box(house, boxes[room], room)
    parts += _drawn_hook(boxes)
    parts.append(f'<text class="further" x="{LEFT}" y="{height - 13:g}">{LEGEND}</text>')
    return "\n".join((*parts, "</svg>\n"))


def _drawn_arrows(house: House, boxes: dict[str, Box], room: str) -> list[str]:
    parts = []
    for other in house.next_below(room):
        here, there = boxes[room], boxes[other]
        x = (max(here.left, there.left) + min(here.right, there.right)) / 2
        middle = (there.top + max(box.bottom for box in boxes.values() if box.bottom < there.top)) / 2
        parts += [
            f'<path class="arrow" d="M{x:g} {here.bottom:g}V{there.top - 1:g}"/>',
            f'<text class="count" x="{x + 7:g}" y="{middle + 4:g}">{house.imports[room, other]}</text>',
        ]
    return parts


def _drawn_box(house: House, box: Box, room: str) -> list[str]:
    x, y = box.left + INDENT, box.top + PADDING + 6
    return [
        f'<rect class="{"door" if room == FACE else "box"}" x="{box.left:g}" y="{box.top:g}" '
        f'width="{box.right - box.left:g}" height="{box.bottom - box.top:g}" rx="5"/>',
        f'<text class="name" x="{x:g}" y="{y:g}">{room}</text>',
        f'<text class="size" x="{box.right - INDENT:g}" y="{y:g}">{house.sizes[room]} modules</text>',
        *(
            f'<text class="{kind}" x="{x:g}" y="{y + LINE * number:g}">{escape(line)}</text>'
            for number, (kind, line) in enumerate(_lines(house, room), start=1)
        ),
    ]


def _drawn_hook(boxes: dict[str, Box]) -> list[str]:
    start, end = ((boxes[room].top + boxes[room].bottom) / 2 for room in ("foundation", "views"))
    x, middle = RIGHT + 22, (start + end) / 2
    return [
        f'<path class="hook" d="M{RIGHT:g} {start:g}H{x:g}V{end:g}H{RIGHT + 1:g}"/>',
        f'<text class="hook-name" text-anchor="middle" transform="translate({x + 16:g} {middle:g}) '
        'rotate(-90)">views_of: a record asks, by name, for what shows it</text>',
    ]


def describe(house: House) -> str:
    """Return what the picture shows, for those who cannot see it."""
    told = []
    for layer in house.layers:
        for room in layer:
            reached = house.next_below(room) + house.further_below(room)
            counts = ", ".join(f"{other} {house.imports[room, other]}" for other in reached)
            told.append(f"{room} imports {counts}." if counts else f"{room} imports no other room.")
    return " ".join(told)


def main() -> int:
    """Draw the picture, or say whether it is as it was drawn."""
    parser = argparse.ArgumentParser(description="Draw the rooms from the imports of the code.")
    parser.add_argument(
        "--check", action="store_true", help="draw nothing: fail where the picture has grown old"
    )
    check = parser.parse_args().check
    picture = draw(read_house())
    if not check:
        PICTURE.write_text(picture, encoding="utf-8", newline="\n")
    elif PICTURE.read_text(encoding="utf-8") != picture:
        sys.stderr.write("docs/rooms.svg is not what the code says; draw it: python docs/draw_rooms.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
