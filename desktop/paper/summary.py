"""The clinical summary: everything the assessment says, on two sides of A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from desktop.clinical.assessment import Assessment, Contradiction, Flag, Undecided
from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.paper import marks, sentences
from desktop.paper.answers import Group, Kind, answer_groups, contradiction_words, written
from desktop.paper.blocks import Bar, Labelled, Marked
from desktop.paper.fonts import REGULAR, SEMIBOLD, markup
from desktop.paper.identity import identity_line
from desktop.paper.look import DARK_RED, INK, LABEL, LINE, RULE_LIGHT, SETTINGS, SEVERITY, WHITE, WIDTH, Setting
from desktop.paper.sentences import Action, Remark
from desktop.paper.sheet import Sheet, write_sheet
from desktop.paper.sources import Sources
from desktop.record.encounter import Patient

TITLE = "Clinical summary"
PAGES = 2
MARKS = {
    Kind.yes: marks.yes,
    Kind.no: marks.no,
    Kind.value: marks.value,
    Kind.unsure: marks.unsure,
    Kind.could_not_examine: marks.could_not_examine,
    Kind.not_asked: marks.not_asked,
}


@dataclass(frozen=True)
class Heading:
    """Who prints: none of it comes from the assessment."""

    practice: str = ""
    clinician: str = ""
    record: str = ""


def write_summary(
    file: BinaryIO | Path,
    *,
    content: Content,
    assessment: Assessment,
    zone: ZoneInfo,
    patient: Patient | None = None,
    heading: Heading | None = None,
    demo: bool = False,
) -> None:
    """The same inputs give the same bytes. Without a patient only age and sex are printed."""
    summary = _Summary(content, assessment, zone, patient, heading or Heading())
    made = b""
    for setting in SETTINGS:
        made, pages = summary.drawn(setting, demo=demo)
        if pages <= PAGES:
            break
    if isinstance(file, Path):
        file.write_bytes(made)
    else:
        file.write(made)


class _Summary:
    def __init__(
        self, content: Content, assessment: Assessment, zone: ZoneInfo, patient: Patient | None, heading: Heading
    ) -> None:
        self.content, self.assessment, self.zone = content, assessment, zone
        self.patient, self.heading = patient, heading
        self.sources = Sources(content, assessment)

    def drawn(self, setting: Setting, *, demo: bool) -> tuple[bytes, int]:
        self.set = setting
        file = BytesIO()
        rules = sentences.rule_set_words(self.content, self.assessment)
        footer = [f"{sentences.INTENDED_USE} {rules}.", self.heading.record]
        sheet = Sheet(TITLE, self.patient, self.assessment.person, [line for line in footer if line], demo)
        pages = write_sheet(file, sheet, list(self._story()))
        return file.getvalue(), pages

    def _story(self) -> Iterator[Flowable]:
        yield self._title()
        yield Spacer(0, self.set.pad)
        yield identity_line(self.patient, self.assessment.person, self.set.text)
        yield Spacer(0, self.set.pad * 2)
        yield self._bar()
        if self.assessment.flags:
            yield from self._section("Flags", [self._flags()])
        yield from self._section("Plan", self._plan())
        yield from self._section("Not yet ruled out", [self._undecided()])
        yield from self._section("Answers", self._answers())
        yield from self._section("In the clinician’s words", self._written())
        yield from self._section("Sources", self._source_list())

    def _title(self) -> Flowable:
        right = ParagraphStyle("right", self.set.muted, alignment=TA_RIGHT)
        encounter = sentences.encounter_words(self.assessment, self.zone)
        lines = [self.heading.practice, " · ".join(filter(None, [encounter, self.heading.clinician]))]
        title = ParagraphStyle("title", self.set.text, fontName=SEMIBOLD, fontSize=17, leading=20)
        row = [Paragraph(markup(TITLE, SEMIBOLD), title), [Paragraph(markup(line), right) for line in lines if line]]
        return _table([row], [58 * mm, WIDTH - 58 * mm], [("VALIGN", (0, 0), (-1, -1), "BOTTOM")])

    def _bar(self) -> Flowable:
        urgency = self.assessment.urgency
        filled = urgency is Urgency.emergency
        colour = WHITE if filled else INK
        size = self.set.body * 1.32
        head = ParagraphStyle("bar", self.set.text, fontSize=size, leading=size * 1.24, textColor=colour)
        line = ParagraphStyle("bar line", self.set.text, textColor=colour)
        below = [sentences.suspicions(self.assessment), sentences.first_scan(self.assessment, self.zone)]
        if urgency is Urgency.none:
            below = [f"{sentences.screen_words(self.content, self.assessment)}."]
        lines = [Paragraph(markup(sentences.headline(self.assessment, self.zone), SEMIBOLD), head)]
        lines += [Paragraph(markup(text), line) for text in below if text]
        mark = marks.severity(urgency, WHITE, DARK_RED) if filled else marks.severity(urgency)
        return Bar(mark, lines, colour=SEVERITY[urgency], filled=filled, dashed=urgency is Urgency.none)

    def _section(self, title: str, parts: Iterable[Flowable]) -> Iterator[Flowable]:
        """A heading never stands at the foot of a page without its first row."""
        parts = list(parts)
        if parts:
            heading = self.set.heading
            yield CondPageBreak(heading.spaceBefore + heading.leading + heading.spaceAfter + self._first(parts[0]))
            yield Paragraph(markup(title, SEMIBOLD), heading)
            yield from parts

    def _first(self, part: Flowable) -> float:
        """How high the piece is that has to stand with the heading: the head of a table and its first row."""
        height = part.wrap(WIDTH, 10_000)[1]
        if isinstance(part, Table):
            rows: Any = part
            return float(sum(rows._rowHeights[: 1 + rows.repeatRows]))
        return min(height, 2 * self.set.line)

    def _flags(self) -> Flowable:
        head = [self._head(words) for words in ("Flag", "Because", "Rule and source")]
        rows = [self._flag(flag) for flag in self.assessment.open_flags]
        return self._rows(head, rows, [57 * mm, 80 * mm, 37 * mm])

    def _flag(self, flag: Flag) -> list[Flowable | list[Flowable]]:
        level = sentences.urgency_words(flag.urgency)
        title = [self._text(flag.rule.flag, SEMIBOLD), self._muted(level)]
        if flag.rule.needs_sign_off:
            title[1] = self._muted(f"{level} · {sentences.SIGN_OFF.lower()}")
        because: list[Flowable] = [self._markup(_because(flag))]
        because += [self._folded(one) for one in sentences.folded(self.assessment, flag)]
        source = self._small(f"{flag.rule.id} · {self.sources.short(flag.rule)}")
        return [Marked(marks.severity(flag.urgency), title), because, source]

    def _folded(self, flag: Flag) -> Flowable:
        level = sentences.urgency_words(flag.urgency).lower()
        sign_off = f", {sentences.SIGN_OFF.lower()}" if flag.rule.needs_sign_off else ""
        words = [
            markup(f"Takes in {flag.rule.id} "),
            markup(flag.rule.flag, SEMIBOLD),
            markup(f" ({level}{sign_off}): "),
            _because(flag),
            markup(f". {self.sources.short(flag.rule)}"),
        ]
        return Paragraph("".join(words), self.set.muted)

    def _plan(self) -> Iterator[Flowable]:
        plan = self.assessment.plan
        yield from self._remarks(sentences.immediate_care(plan))
        rows = [self._action(action) for action in sentences.actions(plan, self.zone)]
        if rows:
            head = [self._head("What"), self._head("Who"), self._head("Rule"), self._head("By", right=True)]
            yield self._rows(head, rows, [88 * mm, 35 * mm, 15 * mm, 36 * mm])
        if plan.safety_net or plan.nothing or plan.withheld or plan.notes:
            yield Spacer(0, self.set.pad)
        yield from self._remarks(sentences.remarks(plan))

    def _action(self, action: Action) -> list[Flowable | list[Flowable]]:
        what = markup(action.what, SEMIBOLD)
        if action.what.startswith("Bloods: "):
            what = markup("Bloods: ", SEMIBOLD) + markup(action.what.removeprefix("Bloods: "))
        more = " ".join(_sentence(text) for text in action.more)
        cell: list[Flowable] = [self._markup(what)] + ([self._muted(more)] if more else [])
        right = ParagraphStyle("by", self.set.text, alignment=TA_RIGHT)
        by = Paragraph(markup(action.by, SEMIBOLD if action.pressing else REGULAR), right)
        return [cell, self._text(action.who), self._small(", ".join(action.rules)), by]

    def _remarks(self, found: Sequence[Remark]) -> Iterator[Flowable]:
        for label, together in groupby(found, lambda remark: remark.label):
            lines = [self._remark(remark) for remark in together]
            yield self._labelled(self._text(label, SEMIBOLD), label, lines)

    def _remark(self, remark: Remark) -> str:
        rules = f' <font size="{self.set.small}">({", ".join(remark.rules)})</font>' if remark.rules else ""
        return markup(_sentence(remark.text), SEMIBOLD if remark.first else REGULAR) + rules

    def _undecided(self) -> Flowable:
        lines: list[Flowable] = [self._text(f"{sentences.screen_words(self.content, self.assessment)}.", SEMIBOLD)]
        lines += [self._still_open(one) for one in sentences.undecided_emergencies(self.assessment)]
        counts = sentences.undecided_counts(self.assessment)
        if counts:
            lines.append(self._text(f"Undecided below emergency: {counts}."))
        if not self.assessment.undecided:
            lines.append(self._text("Every rule was decided by what was asked."))
        style = [
            ("BOX", (0, 0), (-1, -1), 0.8, INK, None, (2.5, 2)),
            ("LEFTPADDING", (0, 0), (-1, -1), 3 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
            ("TOPPADDING", (0, 0), (-1, 0), self.set.pad),
            ("BOTTOMPADDING", (0, -1), (-1, -1), self.set.pad * 1.2),
        ]
        return _table([[line] for line in lines], [WIDTH], style)

    def _still_open(self, one: Undecided) -> Flowable:
        words = sentences.undecided_words(self.content, self.assessment, one)
        text = markup(one.rule.flag, SEMIBOLD) + markup(f" ({one.rule.id}) {words}")
        return Marked(marks.undecided(one.urgency), [self._markup(text)])

    def _answers(self) -> Iterator[Flowable]:
        if self.assessment.contradictions:
            yield self._contradictions(self.assessment.contradictions)
        for kind in Kind:
            groups = answer_groups(self.content, self.assessment, kind)
            if groups:
                text = " ".join(self._group(group, kind) for group in groups)
                yield self._marked(kind.value, sum(group.count for group in groups), MARKS[kind], [text])

    def _contradictions(self, found: Sequence[Contradiction]) -> Flowable:
        lines = [markup(f"{contradiction_words(self.content, self.assessment, one)}.") for one in found]
        return self._marked("Contradictions", len(found), marks.contradiction, lines)

    def _group(self, group: Group, kind: Kind) -> str:
        words = "; ".join(group.words)
        if kind is Kind.not_asked and not self.set.names and not group.safety_screen:
            words = str(group.count)
        return f"{markup(f'{group.section}:', SEMIBOLD)} {markup(f'{words}.')}"

    def _written(self) -> Iterator[Flowable]:
        for label, text in written(self.content, self.assessment):
            yield self._labelled(self._text(label, SEMIBOLD), label, [markup(text)])

    def _source_list(self) -> Iterator[Flowable]:
        found = [markup(name, SEMIBOLD) + markup(f" {words}.") for name, words in self.sources.full()]
        if found:
            yield Paragraph(" ".join(found), self.set.muted)

    def _marked(self, label: str, count: int, mark: marks.Mark, lines: Sequence[str]) -> Labelled:
        first = Marked(mark, [self._markup(markup(label, SEMIBOLD) + markup(f" ({count})"))])
        again = Marked(mark, [self._markup(markup(label, SEMIBOLD) + markup(", continued"))])
        return Labelled(first, again, self._lines(lines), self.set.pad * 0.7)

    def _labelled(self, label: Paragraph, again: str, lines: Sequence[str]) -> Labelled:
        continued = self._markup(markup(again, SEMIBOLD) + markup(", continued"))
        return Labelled(label, continued, self._lines(lines), self.set.pad * 0.7)

    def _lines(self, lines: Sequence[str]) -> list[Paragraph]:
        return [self._markup(" ".join(lines))] if self.set.run_in else [self._markup(line) for line in lines]

    def _rows(self, head: list[Any], rows: list[Any], widths: Sequence[float]) -> Table:
        pad = self.set.pad
        style = [
            ("LINEBELOW", (0, 0), (-1, -1), RULE_LIGHT, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), pad * 0.7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 0.9),
            ("RIGHTPADDING", (0, 0), (-2, -1), 4 * mm),
        ]
        return _table([head, *rows], widths, style, repeatRows=1)

    def _head(self, words: str, *, right: bool = False) -> Paragraph:
        style = self.set.column_head
        return Paragraph(markup(words, SEMIBOLD), ParagraphStyle("by", style, alignment=TA_RIGHT) if right else style)

    def _text(self, words: str, font: str = REGULAR) -> Paragraph:
        return self._markup(markup(words, font))

    def _markup(self, text: str) -> Paragraph:
        return Paragraph(text, self.set.text)

    def _small(self, words: str) -> Paragraph:
        return Paragraph(markup(words), self.set.small_text)

    def _muted(self, words: str) -> Paragraph:
        return Paragraph(markup(words), self.set.muted)


def _because(flag: Flag) -> str:
    """All of these hold, so they are joined by *and* whatever the rule says of them."""
    return f" {markup('and', SEMIBOLD)} ".join(markup(reason) for reason in flag.because)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _table(rows: list[Any], widths: Sequence[float], style: list[Any], repeatRows: int = 0) -> Table:
    bare = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return Table(rows, colWidths=list(widths), style=[*bare, *style], repeatRows=repeatRows, hAlign="LEFT")
