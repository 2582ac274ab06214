"""Every contrast and distance that the design tokens state, computed anew from the theme that is shipped.

Contrast: WCAG 2.2, relative luminance. Distance: CIEDE2000 as in Sharma, Wu and Dalal, Color Res Appl 2005;30:21-30.
Colour vision, on linear RGB: Viénot, Brettel and Mollon, Color Res Appl 1999;24:243-52 for protan and deutan; Brettel,
Viénot and Mollon, J Opt Soc Am A 1997;14:2647-55 for tritan, whose two half-planes need a matrix each.
"""

from __future__ import annotations

import tomllib
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from PySide6.QtGui import QColor

from desktop.shipping.tokens import MODULE, module
from desktop.ui.theme import load_theme
from resources import FOLDER

TOKENS = tomllib.loads((FOLDER / "look" / "tokens.toml").read_text("utf-8"))
THEMES = ("light", "dark", "contrast")
SEVERITIES = ("emergency", "urgent", "soon", "routine")
APART = 20
PROTAN = ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1))
DEUTAN = ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))
TRITAN = (
    ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
    ((0.93678, 0.18979, -0.12657), (0.06154, 0.81526, 0.12320), (-0.37562, 1.12767, 0.24796)),
)
TRITAN_PLANE = (0.03901, -0.02788, -0.01113)
VISIONS = ("normal", "protan", "deutan", "tritan")
# Of text that is read 4.5, in high contrast 7; of marks, frames and fills 3. WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.
GRAPHICS = ("border_strong", "focus", *SEVERITIES, *(f"{name}_fill" for name in SEVERITIES), "emergency_edge")

Triple = tuple[float, float, float]


def linear(colour: QColor) -> Triple:
    red, green, blue, _ = colour.getRgbF()
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (red, green, blue))  # type: ignore[return-value]


def luminance(colour: QColor) -> float:
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: QColor, vision: str) -> Triple:
    rgb = linear(colour)
    if vision == "normal":
        return rgb
    half = TRITAN[sum(n * value for n, value in zip(TRITAN_PLANE, rgb, strict=True)) < 0]
    matrix = {"protan": PROTAN, "deutan": DEUTAN, "tritan": half}[vision]
    return tuple(min(max(sum(a * v for a, v in zip(row, rgb, strict=True)), 0), 1) for row in matrix)  # type: ignore[return-value]


def lab(rgb: Triple) -> Triple:
    """Of linear sRGB; white is D65 (IEC 61966-2-1)."""
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > (6 / 29) ** 3 else v / (3 * (6 / 29) ** 2) + 4 / 29 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Triple, other: Triple) -> float:
    """In the letters of the paper."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn, h = h2 - h1, (h1 + h2) / 2
    if c1 * c2 == 0:
        turn, h = 0, h1 + h2
    elif abs(turn) > 180:
        turn, h = turn - 360 * (1 if turn > 0 else -1), h + 180
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    c, lightness = (c1 + c2) / 2, ((l1 + l2) / 2 - 50) ** 2
    t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h))
    t += 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63))
    sl, sc, sh = 1 + 0.015 * lightness / sqrt(20 + lightness), 1 + 0.045 * c, 1 + 0.015 * c * t
    rt = -2 * sqrt(c**7 / (c**7 + 25**7)) * sin(radians(60 * exp(-(((h % 360 - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


PUBLISHED = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def test_the_colours_of_the_program_are_those_of_the_tokens():
    """Else: python -m desktop.shipping.tokens."""
    assert MODULE.read_text("utf-8") == module()


@pytest.mark.parametrize(("one", "other", "distance"), PUBLISHED)
def test_the_distance_is_that_of_the_paper(one: Triple, other: Triple, distance: float) -> None:
    assert ciede2000(one, other) == pytest.approx(distance, abs=0.0001)
    assert ciede2000(other, one) == pytest.approx(distance, abs=0.0001)


@pytest.mark.parametrize("name", THEMES)
def test_contrasts_are_as_stated_and_enough(name: str) -> None:
    theme = load_theme(name)
    stated = TOKENS["contrast"][name]
    assert len(stated) > 50
    found = {pair: contrast(*(theme.colours[colour] for colour in parted(pair, theme.colours))) for pair in stated}
    assert {pair: round(value, 2) for pair, value in found.items() if abs(value - stated[pair]) > 0.01} == {}
    assert {pair: round(value, 2) for pair, value in found.items() if value < needed(pair, name)} == {}


def parted(pair: str, colours: dict[str, QColor]) -> tuple[str, str]:
    """`on_accent_on_accent_hover` is `on_accent` on `accent_hover`."""
    words = pair.split("_on_")
    cuts = (("_on_".join(words[:cut]), "_on_".join(words[cut:])) for cut in range(1, len(words)))
    return next((ink, ground) for ink, ground in cuts if ink in colours and ground in colours)


def needed(pair: str, theme: str) -> float:
    ink, _ = parted(pair, load_theme(theme).colours)
    if ink in GRAPHICS:
        return 3.0
    return 7.0 if theme == "contrast" else 4.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", THEMES)
def test_severities_are_told_apart_by_everybody(name: str, vision: str) -> None:
    colours = load_theme(name).colours
    distances = {
        f"{one} / {other}": ciede2000(lab(seen(colours[one], vision)), lab(seen(colours[other], vision)))
        for one, other in combinations(SEVERITIES, 2)
    }
    nearest = min(distances, key=distances.__getitem__)
    stated = TOKENS["colour_vision"][name][vision]
    assert distances[nearest] >= APART
    assert (nearest, round(distances[nearest], 1)) == (stated["pair"], pytest.approx(stated["worst"], abs=0.06))


def test_two_hues_that_are_taken_for_each_other_are_found() -> None:
    """Red and green of the same lightness, for somebody without the middle cones."""
    red, green = QColor("#b05030"), QColor("#6b7a1e")
    far, near = (ciede2000(lab(seen(red, vision)), lab(seen(green, vision))) for vision in ("normal", "deutan"))
    assert far > APART > near
