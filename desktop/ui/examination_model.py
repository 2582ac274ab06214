"""Power and reflexes by side as a table: cells hold what is recorded, in words for a screen reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Said, Unsure
from desktop.clinical.levels import SIDES, LevelTable, Movement, Reflex, is_weak
from desktop.clinical.words import answer_words
from desktop.ui.rows import said_words
from desktop.ui.translation import translate

CELL = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def _group_words(group: str) -> str:
    return {
        "legs": translate("Examination", "Power in the legs, 0 to 5"),
        "arms": translate("Examination", "Power in the arms, 0 to 5"),
        "reflexes": translate("Examination", "Reflexes"),
    }[group]


@dataclass(frozen=True)
class Line:
    """One movement or reflex; or a heading, which has no cells."""

    title: str
    level: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Cell:
    item: Item
    answer: Answer | None
    row: str

    @property
    def text(self) -> str:
        match self.answer:
            case None:
                return "–"
            case Unsure():
                return translate("Examination", "unsure")
            case CouldNotExamine():
                return translate("Examination", "could not")
            case int() | float():
                return f"{self.answer:g}"
            case str() | Said():
                return answer_words(self.item, self.answer)
        return answer_words(self.item, self.answer).removesuffix("out of 5").strip()

    @property
    def stands_out(self) -> bool:
        return is_weak(self.answer) or self.answer in ("absent", "reduced", "brisk")

    @property
    def is_open(self) -> bool:
        return self.answer is None or isinstance(self.answer, Unsure | CouldNotExamine)

    @property
    def sentence(self) -> str:
        return f"{self.row}: {said_words(self.item, self.answer)}"


class ExaminationModel(QAbstractTableModel):
    """Columns right and left, as the patient is seen who faces the reader."""

    def __init__(self, table: LevelTable, items: Mapping[str, Item]) -> None:
        super().__init__()
        self.lines = tuple(_lines(table, items))
        self._answers: Mapping[str, Answer] = {}

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        old, self._answers = self._answers, {id: answers[id] for id in self.ids() if id in answers}
        for row, line in enumerate(self.lines):
            for column, item in enumerate(line.items):
                if old.get(item.id) != self._answers.get(item.id):
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for line in self.lines for item in line.items)

    def in_order(self) -> tuple[str, ...]:
        """As the keys go: down one side, then down the other."""
        return tuple(line.items[side].id for side in range(len(SIDES)) for line in self.lines if line.items)

    def answer(self, item_id: str) -> Answer | None:
        return self._answers.get(item_id)

    def place_of(self, item_id: str) -> QModelIndex:
        places = (
            (r, c) for r, line in enumerate(self.lines) for c, item in enumerate(line.items) if item.id == item_id
        )
        return self.index(*next(places, (-1, -1)))

    def cell(self, index: Index) -> Cell | None:
        """None for a heading."""
        line = self.lines[index.row()]
        if not line.items:
            return None
        item, side = line.items[index.column()], SIDES[index.column()]
        row = f"{line.title} {side}, {line.level}" if line.level else f"{line.title} {side}"
        return Cell(item, self._answers.get(item.id), row)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(SIDES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        cell = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return cell if self.lines[index.row()].items else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        if cell is None:
            return self.lines[index.row()].title if role == Qt.ItemDataRole.AccessibleTextRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell.sentence
            case Qt.ItemDataRole.ToolTipRole:
                return f"{cell.sentence}\n{cell.item.help}"
        return cell if role == CELL else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return SIDES[section].capitalize()
        line = self.lines[section]
        return f"{line.title}, {line.level}" if line.level else line.title


def _lines(table: LevelTable, items: Mapping[str, Item]) -> list[Line]:
    lines: list[Line] = []
    for limb in ("legs", "arms"):
        lines.append(Line(_group_words(limb)))
        lines += [_line(one, one.level, items) for one in table.movement if one.limb == limb]
    lines.append(Line(_group_words("reflexes")))
    return lines + [_line(one, translate("Examination", " or ").join(one.levels), items) for one in table.reflex]


def _line(row: Movement | Reflex, level: str, items: Mapping[str, Item]) -> Line:
    title = f"{row.name[:1].upper()}{row.name[1:]}"
    return Line(title, level, tuple(items[row.item(side)] for side in SIDES))
