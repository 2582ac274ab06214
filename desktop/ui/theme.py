"""Colours, sizes and fonts of one theme at one text size, read from the design tokens; widgets are handed a Theme."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette

from desktop.clinical.rules import Urgency
from desktop.ui.tokens import COLOURS, SIZES
from resources import FOLDER

ThemeName = Literal["light", "dark", "contrast"]
FAMILIES = ["Source Sans 3", "DejaVu Sans"]
SMALLEST, LARGEST = 0.8, 2.0


class Severity(NamedTuple):
    """The colours of one urgency. `on` is for what stands on `fill`."""

    graphic: QColor
    text: QColor
    fill: QColor
    on: QColor
    tint: QColor


class Theme(Struct, frozen=True):
    name: ThemeName
    scale: float
    colours: dict[str, QColor]
    sizes: dict[str, int]
    single_keys: bool = True

    def __getattr__(self, name: str) -> QColor:
        """Colours by their token: `theme.accent_tint`."""
        try:
            return self.colours[name]
        except KeyError:
            raise AttributeError(f"the theme has no colour “{name}”") from None

    @property
    def framed(self) -> bool:
        """High contrast, ours or the system's: what grounds say elsewhere is said with frames."""
        return self.name == "contrast" or self.accent_tint == self.surface

    @property
    def line(self) -> float:
        """How thick the frame of what can be pressed is."""
        return 2.0 if self.framed else 1.0

    @property
    def heavy(self) -> float:
        """The frame of an answer of *no*."""
        return 5.0 if self.framed else 2.0

    @property
    def edge(self) -> int:
        """The stripe in the colour of an urgency."""
        return self.px(8 if self.framed else 5)

    def px(self, length: float) -> int:
        """A length of the design at this text size."""
        return round(length * self.scale)

    def font(self, role: str = "body", weight: int = 400) -> QFont:
        """A copy each time: some underline it while the mouse is over it."""
        return QFont(font_of(self.px(self.sizes[role]), weight))

    def width(self, text: str, role: str = "body", weight: int = 400) -> int:
        """Of a text on one line. Remembered: what is painted again and again is the same few words."""
        return _width(text, self.px(self.sizes[role]), weight)

    def severity(self, urgency: Urgency) -> Severity:
        """Same day shares the hue of an emergency: it is told apart by its outline."""
        if urgency is Urgency.none:
            return Severity(self.border_strong, self.muted, self.window, self.text, self.window)
        hue = "emergency" if urgency is Urgency.same_day else urgency.name
        return Severity(
            self.colours[hue],
            self.colours[f"{hue}_text"],
            self.colours[f"{hue}_fill"],
            self.colours[f"on_{hue}"],
            self.colours[f"{hue}_tint"],
        )

    def palette(self) -> QPalette:
        palette = QPalette()
        for role, colour in _ROLES.items():
            palette.setColor(role, self.colours[colour])
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.muted)
        return palette


@lru_cache(maxsize=2000)
def _width(text: str, pixels: int, weight: int) -> int:
    return metrics_of(pixels, weight).horizontalAdvance(text)


@cache
def metrics_of(pixels: int, weight: int) -> QFontMetrics:
    return QFontMetrics(font_of(pixels, weight))


@cache
def font_of(pixels: int, weight: int) -> QFont:
    """In pixels, because a point is not the same on every system."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("cv04"), 1)
    return font


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.AlternateBase: "inset",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger_field",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "inset",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "border_strong",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
}


def load_theme(name: ThemeName = "light", scale: float = 1.0, *, single_keys: bool = True) -> Theme:
    """`scale` is the text size, from 0.8 to 2. Keys that don't act aren't shown."""
    colours = {token: QColor(value) for token, value in COLOURS[name].items()}
    return Theme(name, min(max(scale, SMALLEST), LARGEST), colours, SIZES, single_keys)


def load_fonts() -> None:
    """Without a font of our own Qt may draw boxes, and says nothing."""
    for path in sorted((FOLDER / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"the font {path.name} could not be loaded")
