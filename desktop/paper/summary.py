"""The clinical summary: everything the assessment says, on two sides of A4."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from desktop.clinical.assessment import Assessment, Flag, Undecided
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE
from desktop.clinical.rules import Urgency
from desktop.paper import marks, sentences
from desktop.paper.answers import Group, Kind, answer_groups, contradictions, reasons, written
from desktop.paper.blocks import Bar, Label, Labelled, Marked
from desktop.paper.fonts import REGULAR, SEMIBOLD, markup
from desktop.paper.identity import identity_line
from desktop.paper.look import DARK_RED, INK, LINE, RULE_LIGHT, SETTINGS, SEVERITY, WHITE, WIDTH, Setting, grey
from desktop.paper.sentences import Action, Remark
from desktop.paper.sheet import Sheet, write_sheet
from desktop.paper.sources import brief_sources, full_sources, short_sources
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
    summary = _Summary(content, assessment, zone, patient, heading or Heading(), demo)
    made, _ = summary.drawn(_setting(summary))
    if isinstance(file, Path):
        file.write_bytes(made)
    else:
        file.write(made)


def _setting(summary: _Summary) -> Setting:
    """One page where the type need not get small for it, otherwise two; nothing is cut, so a third if it must be."""
    roomiest, *tighter = SETTINGS
    if not summary.fits(PAGES, roomiest):
        return _first(tighter, PAGES, summary) or SETTINGS[-1]
    roomy = [setting for setting in tighter if not setting.tight]
    one_page = not summary.fits(1, roomiest) and summary.fits(1, roomy[-1])
    return (_first(roomy, 1, summary) if one_page else None) or roomiest


def _first(settings: list[Setting], pages: int, summary: _Summary) -> Setting | None:
    """The roomiest of them that fits."""
    place = bisect_left(settings, True, key=partial(summary.fits, pages))
    return settings[place] if place < len(settings) else None


class _Summary:
    def __init__(
        self,
        content: Content,
        assessment: Assessment,
        zone: ZoneInfo,
        patient: Patient | None,
        heading: Heading,
        demo: bool,
    ) -> None:
        self.content, self.assessment, self.zone = content, assessment, zone
        self.patient, self.heading, self.demo = patient, heading, demo
        self.tried: dict[Setting, tuple[bytes, int]] = {}

    def drawn(self, setting: Setting) -> tuple[bytes, int]:
        """The file and its number of pages."""
        if setting not in self.tried:
            self.tried[setting] = self._draw(setting)
        return self.tried[setting]

    def fits(self, pages: int, setting: Setting) -> bool:
        return self.drawn(setting)[1] <= pages

    def _draw(self, setting: Setting) -> tuple[bytes, int]:
        self.set = setting
        file = BytesIO()
        rules = sentences.rule_set_words(self.content, self.assessment)
        footer = " ".join(filter(None, [sentences.INTENDED_USE, f"{rules}.", self.heading.record]))
        sheet = Sheet(TITLE, self.patient, self.assessment.person, footer, self.demo)
        pages = write_sheet(file, sheet, list(self._story()))
        return file.getvalue(), pages

    def _story(self) -> Iterator[Flowable]:
        yield self._title()
        yield Spacer(0, 2 * mm)
        yield identity_line(self.patient, self.assessment.person, self.set.text)
        yield Spacer(0, 2.6 * mm)
        yield self._bar()
        if self.assessment.flags:
            yield from self._section("Flags", [self._flags()])
        yield from self._section("Plan", self._plan())
        yield from self._section("Not yet ruled out", [self._undecided()])
        yield from self._section("Answers", self._answers())
        yield from self._section("In words", self._written())
        yield from self._section("Sources", self._sources())

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
            below = [sentences.screen_words(self.content, self.assessment)]
        below = [sentences.sentence(text) for text in below if text]
        lines = [Paragraph(markup(sentences.headline(self.assessment, self.zone), SEMIBOLD), head)]
        lines += [Paragraph(markup(text), line) for text in ([" ".join(below)] if self.set.tight else below) if text]
        mark = marks.severity(urgency, WHITE, DARK_RED) if filled else marks.severity(urgency)
        dashed, inset = urgency is Urgency.none, self.set.pad + 3.6
        return Bar(mark, lines, colour=SEVERITY[urgency], filled=filled, dashed=dashed, inset=inset)

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
            heights: list[float] = rows._rowHeights
            return sum(heights[: 1 + rows.repeatRows])
        return min(height, 2 * self.set.line)

    def _flags(self) -> Flowable:
        head = [self._head(words) for words in ("Flag", "Because", "Rule and source")]
        rows: list[list[Any]] = []
        style: list[Any] = []
        for flag in self.assessment.open_flags:
            rows.append(self._flag(flag))
            for smaller in self._folded(flag):
                rows.append([smaller, "", ""])
                style += _under_the_row_above(len(rows))
            style.append(_ruled(len(rows)))
        return self._rows(head, rows, self.set.columns((57, 78, 39), (58, 58, 58)), style)

    def _flag(self, flag: Flag) -> list[Any]:
        level = sentences.urgency_words(flag.urgency)
        if flag.rule.needs_sign_off:
            level = f"{level} · {sentences.SIGN_OFF.lower()}"
        title = [self._text(flag.rule.flag, SEMIBOLD), self._muted(level)]
        if self.set.tight:
            title = [self._markup(f"{markup(flag.rule.flag, SEMIBOLD)} {grey(level)}")]
        source = self._small(f"{flag.rule.id} · {short_sources(self.content, flag.rule)}")
        return [Marked(marks.severity(flag.urgency), title), self._markup(_because(flag)), source]

    def _folded(self, flag: Flag) -> Iterator[Flowable]:
        """The smaller flags that `flag` takes in; on a tight page several share a row, which still fits any page."""
        style = ParagraphStyle("folded", self.set.muted, leftIndent=self.set.line * 1.35)
        smaller = [self._taken_in(one) for one in sentences.folded(self.assessment, flag)]
        together = 6 if self.set.tight else 1
        for place in range(0, len(smaller), together):
            yield Paragraph(f"{markup('Takes in ')}{'; '.join(smaller[place : place + together])}.", style)

    def _taken_in(self, flag: Flag) -> str:
        level = sentences.urgency_words(flag.urgency).lower()
        sign_off = f", {sentences.SIGN_OFF.lower()}" if flag.rule.needs_sign_off else ""
        title = markup(flag.rule.flag, SEMIBOLD) + markup(f" ({level}{sign_off}): ")
        return f"{title}{_because(flag)} ({markup(f'{flag.rule.id} · {short_sources(self.content, flag.rule)}')})"

    def _plan(self) -> Iterator[Flowable]:
        plan = self.assessment.plan
        yield from self._remarks(sentences.immediate_care(plan))
        actions = sentences.actions(plan, self.zone)
        if actions:
            yield Spacer(0, self.set.pad)
            yield self._actions(actions)
            yield Spacer(0, self.set.pad + 1)
        yield from self._remarks(sentences.remarks(plan))

    def _actions(self, found: Sequence[Action]) -> Flowable:
        head = [self._head("What"), self._head("Who"), self._head("Rule"), self._head("By", right=True)]
        wide = [("SPAN", (0, row), (1, row)) for row, action in enumerate(found, 1) if not action.who]
        ruled = [_ruled(row) for row in range(1, len(found) + 1)]
        widths = self.set.columns((79, 35, 22, 38), (76, 34, 36, 28))
        return self._rows(head, [self._action(action) for action in found], widths, wide + ruled)

    def _action(self, action: Action) -> list[Any]:
        what = markup(action.what, SEMIBOLD)
        if action.what.startswith(sentences.BLOODS):
            what = markup(sentences.BLOODS, SEMIBOLD) + markup(action.what.removeprefix(sentences.BLOODS))
        more = " ".join(map(sentences.sentence, action.more))
        cell = [self._markup(what)] + ([self._muted(more)] if more else [])
        if self.set.tight:
            cell = [self._markup(f"{what}. {markup(more)}" if more else what)]
        right = ParagraphStyle("by", self.set.text, alignment=TA_RIGHT)
        by = Paragraph(markup(action.by, SEMIBOLD if action.pressing else REGULAR), right)
        return [cell, self._text(action.who), self._small(", ".join(action.rules)), by]

    def _remarks(self, found: Sequence[Remark]) -> Iterator[Flowable]:
        for label, together in groupby(found, lambda remark: remark.label):
            lines = [self._remark(remark) for remark in together]
            yield self._labelled(self._text(label, SEMIBOLD), label, lines)

    def _remark(self, remark: Remark) -> str:
        text = markup(sentences.sentence(remark.text), SEMIBOLD if remark.first else REGULAR)
        return f"{text}{SPACE}{grey(', '.join(remark.rules))}" if remark.rules else text

    def _undecided(self) -> Flowable:
        lines: list[Flowable] = []
        if self.assessment.urgency is not Urgency.none:
            lines.append(self._text(f"{sentences.screen_words(self.content, self.assessment)}.", SEMIBOLD))
        lines += [self._still_open(one) for one in sentences.undecided_emergencies(self.assessment)]
        counts = sentences.undecided_counts(self.assessment)
        if counts:
            lines.append(self._text(f"{sentences.LOWER}: {counts}."))
        if not self.assessment.undecided:
            lines.append(self._text(sentences.ALL_DECIDED))
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
        text = markup(one.rule.flag, SEMIBOLD) + markup(f" ({one.rule.id}): {words}.")
        return Marked(marks.undecided(one.urgency), [self._markup(text)])

    def _answers(self) -> Iterator[Flowable]:
        if self.assessment.contradictions:
            lines = [markup(sentences.sentence(text)) for text in contradictions(self.content, self.assessment)]
            yield self._marked("Contradictions", len(self.assessment.contradictions), marks.contradiction, lines)
        for kind in Kind:
            groups = answer_groups(self.content, self.assessment, kind)
            if groups:
                text = " ".join(self._group(group, kind) for group in groups)
                yield self._marked(kind.value, sum(group.count for group in groups), MARKS[kind], [text])

    def _group(self, group: Group, kind: Kind) -> str:
        words = "; ".join(group.words)
        if kind is Kind.not_asked and not self.set.names and not group.safety_screen:
            words = str(group.count)
        return f"{markup(f'{group.section}:', SEMIBOLD)} {markup(f'{words}.')}"

    def _written(self) -> Iterator[Flowable]:
        for label, text in written(self.content, self.assessment):
            yield self._labelled(self._text(label, SEMIBOLD), label, [markup(text)])

    def _sources(self) -> Iterator[Flowable]:
        sources = brief_sources if self.set.tight else full_sources
        named = sources(self.content, self.assessment)
        found = [markup(name, SEMIBOLD) + markup(f" {words}.") for name, words in named]
        if found:
            yield Paragraph(" ".join(found), self.set.muted)

    def _marked(self, label: str, count: int, mark: marks.Mark, lines: Sequence[str]) -> Labelled:
        first = Marked(mark, [self._markup(markup(label, SEMIBOLD) + markup(f" ({count})"))])
        again = Marked(mark, [self._markup(markup(label, SEMIBOLD) + markup(", continued"))])
        return self._beside(first, again, lines)

    def _labelled(self, label: Paragraph, again: str, lines: Sequence[str]) -> Labelled:
        continued = self._markup(markup(again, SEMIBOLD) + markup(", continued"))
        return self._beside(label, continued, lines)

    def _beside(self, label: Label, again: Label, lines: Sequence[str]) -> Labelled:
        return Labelled(label, again, self._lines(lines), column=self.set.label, gap=self.set.pad * 0.7)

    def _lines(self, lines: Sequence[str]) -> list[Paragraph]:
        """One under the other, or run in where the page is tight."""
        return [self._markup(" ".join(lines))] if self.set.tight else [self._markup(line) for line in lines]

    def _rows(self, head: list[Any], rows: list[Any], widths: Sequence[float], more: Sequence[Any]) -> Table:
        pad = self.set.pad
        style = [
            _ruled(0),
            ("TOPPADDING", (0, 0), (-1, -1), pad * 0.7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 0.9),
            ("RIGHTPADDING", (0, 0), (-2, -1), 4 * mm),
        ]
        return _table([head, *rows], widths, [*style, *more], repeatRows=1)

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
    return f" {markup('and', SEMIBOLD)} ".join(markup(reason) for reason in reasons(flag))


def _ruled(row: int) -> tuple[Any, ...]:
    return ("LINEBELOW", (0, row), (-1, row), RULE_LIGHT, LINE)


def _under_the_row_above(row: int) -> list[Any]:
    """A smaller flag over the full width; no line and no page parts it from what it belongs to."""
    return [
        ("SPAN", (0, row), (-1, row)),
        ("BOTTOMPADDING", (0, row - 1), (-1, row - 1), 0),
        ("TOPPADDING", (0, row), (-1, row), 0.5),
        ("NOSPLIT", (0, row - 1), (-1, row)),
    ]


def _table(rows: list[Any], widths: Sequence[float], style: list[Any], repeatRows: int = 0) -> Table:
    bare = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return Table(rows, colWidths=list(widths), style=[*bare, *style], repeatRows=repeatRows, hAlign="LEFT")
