"""The body map and its list mark the same regions; nothing marked is not asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.clinical.checklist import Answer, CouldNotExamine, Unsure
from desktop.clinical.content import Content
from desktop.ui.body_map_panel import BodyMapPanel
from desktop.ui.figure import View, drawing, regions
from desktop.ui.regions import MARKS, NONE, in_words, toggled
from desktop.ui.style import dress
from desktop.ui.theme import Theme, ThemeName, load_theme

Pair = tuple[str, Answer | None]


@pytest.fixture
def make_panel(qtbot: QtBot, qapp: QApplication, content: Content) -> Callable[..., BodyMapPanel]:
    def make(theme: Theme | None = None, width: int = 626) -> BodyMapPanel:
        dress(qapp, theme or load_theme())
        panel = BodyMapPanel(theme or load_theme(), content.items)
        qtbot.addWidget(panel)
        panel.resize(width, 10)
        panel.show()
        panel.activateWindow()
        qapp.processEvents()
        panel.resize(width, panel.sizeHint().height() + 40)
        qapp.processEvents()
        return panel

    return make


@pytest.fixture
def panel(make_panel: Callable[..., BodyMapPanel]) -> BodyMapPanel:
    return make_panel()


def heard(panel: BodyMapPanel) -> list[Pair]:
    found: list[Pair] = []
    panel.answered.connect(lambda id, answer: found.append((id, answer)))
    return found


def test_every_choice_has_its_region_and_every_region_its_choice(content: Content) -> None:
    for item_id in MARKS:
        drawn = {one.choice for view in ("front", "back") for one in regions(view) if one.item_id == item_id}
        assert drawn == set(content.items[item_id].choices)
    for one in (*regions("front"), *regions("back")):
        assert one.side in (("left", "right") if one.item_id == "numb_dermatomes" else ("",))


@pytest.mark.parametrize("view", ["front", "back"])
def test_drawing_is_svg_and_left_mirrors_right(qapp: QApplication, view: View) -> None:
    renderer = QSvgRenderer(QByteArray(drawing(view).encode()))
    assert renderer.isValid()
    boxes = {(one.choice, one.side): one.path.boundingRect() for one in regions(view)}
    for (choice, side), box in boxes.items():
        if side == "left":
            assert box.left() + boxes[choice, "right"].right() == pytest.approx(200, abs=0.3)


@pytest.mark.parametrize(
    ("view", "point", "choice"),
    [
        ("front", (192, 264), "C6"),  # thumb
        ("front", (181, 285), "C7"),  # middle finger
        ("front", (174, 280), "C8"),  # little finger
        ("front", (152, 180), "T1"),  # inner elbow
        ("front", (155, 130), "C5"),  # outer upper arm
        ("front", (118, 118), "T2-T12"),  # nipple
        ("front", (101, 180), "T2-T12"),  # umbilicus
        ("front", (125, 262), "L2"),  # front of the thigh
        ("front", (110, 334), "L3"),  # inner knee
        ("front", (110, 418), "L4"),  # inner ankle
        ("front", (114, 444), "L5"),  # top of the foot
        ("front", (125, 447), "S1"),  # outer foot
        ("back", (116, 300), "S2-S5"),  # back of the thigh
        ("back", (101, 238), "S2-S5"),  # saddle
        ("back", (116, 446), "S1"),  # heel
        ("front", (100, 30), None),  # head
    ],
)
def test_key_points_lie_in_their_root(view: View, point: tuple[float, float], choice: str | None) -> None:
    """guidelines.md 7.9; on the right of the picture, which is the patient's left from the front."""
    found = [one for one in regions(view) if one.item_id == "numb_dermatomes" and one.path.contains(QPointF(*point))]
    assert [(one.choice, one.side) for one in found] == (
        [(choice, "left" if view == "front" else "right")] if choice else []
    )


@pytest.mark.parametrize(
    ("held", "choice", "after"),
    [
        (None, "L5", frozenset({"L5"})),
        (frozenset({"L5"}), "S1", frozenset({"L5", "S1"})),
        (frozenset({"L5", "S1"}), "S1", frozenset({"L5"})),
        (frozenset({"L5"}), "L5", None),
        (Unsure(), "L5", frozenset({"L5"})),
        (frozenset(), "L5", frozenset({"L5"})),
        (None, NONE, frozenset()),
        (frozenset({"L5"}), NONE, frozenset()),
        (frozenset(), NONE, None),
    ],
)
def test_toggling(held: Answer | None, choice: str, after: Answer | None) -> None:
    assert toggled(held, choice) == after


def test_click_on_the_figure(qtbot: QtBot, panel: BodyMapPanel) -> None:
    answers = heard(panel)
    back = panel.maps["back"]
    qtbot.mouseClick(back.viewport(), Qt.MouseButton.LeftButton, pos=back.mapFromScene(QPointF(100, 182)))
    assert answers == [("pain_site", frozenset({"lumbar"}))]
    panel.choose_tool("numb_dermatomes")
    front = panel.maps["front"]
    qtbot.mouseClick(front.viewport(), Qt.MouseButton.LeftButton, pos=front.mapFromScene(QPointF(125, 262)))
    qtbot.mouseClick(front.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert answers[1:] == [("numb_dermatomes", frozenset({"L2"}))]


def test_list_by_keyboard(qtbot: QtBot, panel: BodyMapPanel) -> None:
    answers = heard(panel)
    panel.enter()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert answers == []
    assert [one.region.choice for one in panel.maps["back"].regions if one._pointed_out] == ["lumbar"]
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    qtbot.keyClicks(panel.list, "2")
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    qtbot.keyClicks(panel.list, "unyu")
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert answers == [
        ("pain_site", frozenset({"lumbar"})),
        ("numb_dermatomes", frozenset({"L2"})),
        ("numb_dermatomes", Unsure()),
        ("numb_dermatomes", Unsure()),
        ("numb_dermatomes", None),
    ]


def test_could_not_examine_asks_why(qtbot: QtBot, panel: BodyMapPanel) -> None:
    answers = heard(panel)
    panel.enter()
    qtbot.keyClicks(panel.list, "/")
    assert answers == []
    assert panel._reason is not None
    qtbot.keyClicks(panel._reason.words, "2")
    assert answers == [("pain_site", CouldNotExamine("Too painful"))]


def test_it_keeps_no_answer_and_draws_what_it_is_given(qtbot: QtBot, panel: BodyMapPanel) -> None:
    panel.list.toggled.emit("lumbar")
    assert not any(one.marked for one in panel.maps["back"].regions)
    panel.show_answers({"pain_site": frozenset({"lumbar"}), "numb_dermatomes": frozenset({"L5"}), "age": 3.0})
    marked = {
        (one.region.choice, one.region.side) for view in panel.maps.values() for one in view.regions if one.marked
    }
    assert marked == {("lumbar", ""), ("L5", "left"), ("L5", "right")}


def test_question_that_is_not_asked_has_no_tool(panel: BodyMapPanel) -> None:
    panel.show_answers({}, closed={"numb_dermatomes"})
    panel.choose_tool("numb_dermatomes")
    assert panel.tool == "pain_site"
    assert panel.tools["numb_dermatomes"].isHidden()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Nothing marked: not asked."),
        ({"pain_site": frozenset()}, "Pain: none of these."),
        ({"pain_site": frozenset({"lumbar", "cervical"})}, "Pain: neck, low back."),
        ({"pain_site": Unsure()}, "Pain: unsure."),
        (
            {"numb_dermatomes": frozenset({"L5"})},
            "Numb: root L5. A root is marked on both sides: which side is numb is not recorded here.",
        ),
    ],
)
def test_words(content: Content, answers: dict[str, Answer], words: str) -> None:
    assert in_words(content.items, answers) == words


def test_screen_reader_hears_each_region_with_its_state(panel: BodyMapPanel) -> None:
    panel.show_answers({"pain_site": frozenset({"lumbar"})})
    spoken = QAccessible.queryAccessibleInterface(panel.list)
    names = [spoken.child(place).text(QAccessible.Text.Name) for place in range(spoken.childCount())]
    assert "Low back, pain" in names
    assert "Neck, not marked" in names
    checked = {name: spoken.child(place).state().checked for place, name in enumerate(names)}
    assert checked["Low back, pain"]
    assert not checked["Neck, not marked"]


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_hatch_and_dots_differ_in_grey(make_panel: Callable[..., BodyMapPanel], name: ThemeName) -> None:
    """Ink on the surface: neither is a colour, and both leave both colours in sight."""
    panel = make_panel(load_theme(name))
    plain = picture(panel)
    panel.show_answers({"pain_site": frozenset({"thoracic"})})
    hatched = picture(panel)
    panel.show_answers({"numb_dermatomes": frozenset({"T2-T12"})})
    assert len({bytes(one.constBits()) for one in (plain, hatched, picture(panel))}) == 3


def picture(panel: BodyMapPanel) -> QImage:
    return panel.maps["back"].grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize(("scale", "width"), [(1.0, 560), (1.0, 760), (2.0, 1160), (2.0, 900)])
def test_nothing_is_cut_off(make_panel: Callable[..., BodyMapPanel], scale: float, width: int) -> None:
    panel = make_panel(load_theme("light", scale), width)
    panel.choose_tool("numb_dermatomes")
    QApplication.processEvents()
    panel.resize(width, panel.layout().totalHeightForWidth(width))  # type: ignore[union-attr]
    QApplication.processEvents()
    last = panel.list.visualRect(panel.list.lines.index(panel.list.lines.rowCount() - 1))
    assert panel.list.viewport().rect().contains(last)
    for one in (*panel.maps.values(), panel.list):
        assert panel.rect().contains(one.geometry())
