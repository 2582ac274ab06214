"""The clinical summary: everything the assessment says, on two sides of A4."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.assessment import Assessment, Flag, Undecided
from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.paper import marks, sentences
from desktop.paper.answers import Group, Kind, answer_groups, contradictions, reasons, written
from desktop.paper.blocks import Bar, Framed, Labelled, Marked
from desktop.paper.flow import Gap, Together
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.grid import Cell, Grid, Row
from desktop.paper.heading import Heading, TitleLine
from desktop.paper.identity import IdentityLine
from desktop.paper.look import DARK_RED, INK, SETTINGS, SEVERITY, WHITE, WIDTH, Setting, grey
from desktop.paper.paragraph import Paragraph, Span, Style, Words, strong
from desktop.paper.sentences import Action, Remark
from desktop.paper.sheet import Laid, Sheet
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
    made = summary.laid(_setting(summary)).pdf()
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
        self.tried: dict[Setting, Laid] = {}

    def laid(self, setting: Setting) -> Laid:
        if setting not in self.tried:
            self.set = setting
            self.tried[setting] = Laid(self._sheet(), list(self._story()))
        return self.tried[setting]

    def fits(self, pages: int, setting: Setting) -> bool:
        return len(self.laid(setting).pages) <= pages

    def _sheet(self) -> Sheet:
        rules = sentences.rule_set_words(self.content, self.assessment)
        footer = " ".join(filter(None, [sentences.INTENDED_USE, f"{rules}.", self.heading.record]))
        return Sheet(TITLE, self.patient, self.assessment.person, footer, self.demo)

    def _story(self) -> Iterator[Flowable]:
        encounter = sentences.encounter_words(self.assessment, self.zone)
        yield TitleLine(TITLE, self.heading, encounter, self.set.muted)
        yield Gap(2 * mm)
        yield IdentityLine(self.patient, self.assessment.person, self.set.text)
        yield Gap(2.6 * mm)
        yield self._bar()
        if self.assessment.flags:
            yield from self._section("Flags", [self._flags()])
        yield from self._section("Plan", self._plan())
        yield from self._section("Not yet ruled out", [self._undecided()])
        yield from self._section("Answers", self._answers())
        yield from self._section("In words", self._written())
        yield from self._section("Sources", self._sources())

    def _bar(self) -> Flowable:
        urgency = self.assessment.urgency
        filled = urgency is Urgency.emergency
        colour = WHITE if filled else INK
        size = self.set.body * 1.32
        head = Style(size, size * 1.24, colour, SEMIBOLD)
        line = replace(self.set.text, colour=colour)
        below = [sentences.suspicions(self.assessment), sentences.first_scan(self.assessment, self.zone)]
        if urgency is Urgency.none:
            below = [sentences.screen_words(self.content, self.assessment)]
        below = [sentences.sentence(text) for text in below if text]
        lines = [Paragraph(sentences.headline(self.assessment, self.zone), head)]
        lines += [Paragraph(text, line) for text in ([" ".join(below)] if self.set.tight else below) if text]
        mark = marks.severity(urgency, WHITE, DARK_RED) if filled else marks.severity(urgency)
        dashed, inset = urgency is Urgency.none, self.set.pad + 2.6
        return Bar(mark, lines, colour=SEVERITY[urgency], filled=filled, dashed=dashed, inset=inset)

    def _section(self, title: str, parts: Iterable[Flowable]) -> Iterator[Flowable]:
        """A heading never stands at the foot of a page without its first row."""
        parts = list(parts)
        if parts:
            heading = Paragraph(title, self.set.heading, "H2")
            above, below = self.set.pad * 2.6, self.set.pad * 0.6
            yield Together(above + heading.style.leading + below + self._first(parts[0]))
            yield Gap(above)
            yield heading
            yield Gap(below)
            yield from parts

    def _first(self, part: Flowable) -> float:
        """How high the piece is that has to stand with the heading: the head of a table and its first row."""
        height: float = part.wrap(WIDTH, 0)[1]
        return part.first if isinstance(part, Grid) else min(height, 2 * self.set.line)

    def _flags(self) -> Flowable:
        rows = []
        for flag in self.assessment.open_flags:
            rows.append(self._flag(flag))
            rows += [Row([Cell(smaller, columns=3)], joined=True) for smaller in self._folded(flag)]
        head = [self._head(words) for words in ("Flag", "Because", "Rule and source")]
        return self._grid(head, rows, self.set.columns((57, 78, 39), (58, 58, 58)))

    def _flag(self, flag: Flag) -> Row:
        level = sentences.urgency_words(flag.urgency)
        if flag.rule.needs_sign_off:
            level = f"{level} · {sentences.SIGN_OFF.lower()}"
        title = [self._text(flag.rule.flag, SEMIBOLD), self._muted(level)]
        if self.set.tight:
            title = [self._text([strong(f"{flag.rule.flag} "), grey(level)])]
        source = self._small(f"{flag.rule.id} · {short_sources(self.content, flag.rule)}")
        marked = Marked(marks.severity(flag.urgency), title)
        return Row([Cell(marked), Cell(self._text(_because(flag))), Cell(source)])

    def _folded(self, flag: Flag) -> Iterator[Paragraph]:
        """The smaller flags that `flag` takes in; on a tight page several share a row, which still fits any page."""
        style = replace(self.set.muted, indent=self.set.line * 1.35)
        smaller = [self._taken_in(one) for one in sentences.folded(self.assessment, flag)]
        together = 6 if self.set.tight else 1
        for place in range(0, len(smaller), together):
            spans = [span for one in smaller[place : place + together] for span in (Span("; "), *one)]
            yield Paragraph([Span("Takes in "), *spans[1:], Span(".")], style)

    def _taken_in(self, flag: Flag) -> list[Span]:
        level = sentences.urgency_words(flag.urgency).lower()
        sign_off = f", {sentences.SIGN_OFF.lower()}" if flag.rule.needs_sign_off else ""
        source = f" ({flag.rule.id} · {short_sources(self.content, flag.rule)})"
        return [strong(flag.rule.flag), Span(f" ({level}{sign_off}): "), *_because(flag), Span(source)]

    def _plan(self) -> Iterator[Flowable]:
        plan = self.assessment.plan
        yield from self._remarks(sentences.immediate_care(plan))
        actions = sentences.actions(plan, self.zone)
        if actions:
            yield self._actions(actions)
            yield Gap(self.set.pad + 1)
        yield from self._remarks(sentences.remarks(plan))

    def _actions(self, found: Sequence[Action]) -> Flowable:
        head = [self._head("What"), self._head("Who"), self._head("Rule"), self._head("By", right=True)]
        widths = self.set.columns((79, 35, 22, 38), (76, 34, 36, 28))
        return self._grid(head, [self._action(action) for action in found], widths)

    def _action(self, action: Action) -> Row:
        what = [strong(action.what)]
        if action.what.startswith(sentences.BLOODS):
            what = [strong(sentences.BLOODS), Span(action.what.removeprefix(sentences.BLOODS))]
        more = " ".join(map(sentences.sentence, action.more))
        cell = [self._text(what)] + ([self._muted(more)] if more else [])
        if self.set.tight and more:
            cell = [self._text([*what, Span(f". {more}")])]
        right = replace(self.set.text, align="right")
        by = Paragraph([Span(action.by, SEMIBOLD if action.pressing else REGULAR)], right)
        who = [Cell(self._text(action.who))] if action.who else []
        first = Cell(*cell, columns=2 - len(who))
        return Row([first, *who, Cell(self._small(", ".join(action.rules))), Cell(by)])

    def _remarks(self, found: Sequence[Remark]) -> Iterator[Flowable]:
        for label, together in groupby(found, lambda remark: remark.label):
            lines = [self._remark(remark) for remark in together]
            yield from self._labelled(self._text(label, SEMIBOLD), label, lines)

    def _remark(self, remark: Remark) -> list[Span]:
        text = Span(sentences.sentence(remark.text), SEMIBOLD if remark.first else REGULAR)
        return [text, Span(" "), grey(", ".join(remark.rules))] if remark.rules else [text]

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
        return Framed(lines, inset=self.set.pad * 1.1, gap=self.set.pad * 0.4)

    def _still_open(self, one: Undecided) -> Flowable:
        words = sentences.undecided_words(self.content, self.assessment, one)
        text = [strong(one.rule.flag), Span(f" ({one.rule.id}): {words}.")]
        return Marked(marks.undecided(one.urgency), [self._text(text)])

    def _answers(self) -> Iterator[Flowable]:
        if self.assessment.contradictions:
            found = [[Span(sentences.sentence(text))] for text in contradictions(self.content, self.assessment)]
            yield from self._marked("Contradictions", len(self.assessment.contradictions), marks.contradiction, found)
        for kind in Kind:
            groups = answer_groups(self.content, self.assessment, kind)
            if groups:
                line = [span for group in groups for span in (Span(" "), *self._group(group, kind))]
                yield from self._marked(kind.value, sum(group.count for group in groups), MARKS[kind], [line[1:]])

    def _group(self, group: Group, kind: Kind) -> list[Span]:
        words = "; ".join(group.words)
        if kind is Kind.not_asked and not self.set.names and not group.safety_screen:
            words = str(group.count)
        return [strong(f"{group.section}:"), Span(f" {words}.")]

    def _written(self) -> Iterator[Flowable]:
        for label, text in written(self.content, self.assessment):
            yield from self._labelled(self._text(label, SEMIBOLD), label, [[Span(text)]])

    def _sources(self) -> Iterator[Flowable]:
        sources = brief_sources if self.set.tight else full_sources
        named = sources(self.content, self.assessment)
        found = [span for name, words in named for span in (strong(name), Span(f" {words}. "))]
        if found:
            yield Paragraph(found, self.set.muted)

    def _marked(self, label: str, count: int, mark: marks.Mark, lines: Sequence[list[Span]]) -> Iterator[Flowable]:
        first = Marked(mark, [self._text([strong(label), Span(f" ({count})")])])
        again = Marked(mark, [self._again(label)])
        yield from self._beside(first, again, lines)

    def _labelled(self, label: Paragraph, again: str, lines: Sequence[list[Span]]) -> Iterator[Flowable]:
        yield from self._beside(label, self._again(again), lines)

    def _again(self, label: str) -> Paragraph:
        return Paragraph([strong(label), Span(", continued")], self.set.text, None)

    def _beside(
        self, label: Marked | Paragraph, again: Marked | Paragraph, lines: Sequence[list[Span]]
    ) -> Iterator[Flowable]:
        yield Labelled(label, again, self._lines(lines), column=self.set.label)
        yield Gap(self.set.pad * 0.7)

    def _lines(self, lines: Sequence[list[Span]]) -> list[Paragraph]:
        """One under the other, or run in where the page is tight."""
        if self.set.tight:
            lines = [[span for line in lines for span in (*line, Span(" "))]]
        return [self._text(line) for line in lines]

    def _grid(self, head: list[Cell], rows: Sequence[Row], widths: Sequence[float]) -> Grid:
        pad = self.set.pad
        return Grid(Row(head), rows, widths, above=pad * 0.7, below=pad * 0.8, gutter=4 * mm)

    def _head(self, words: str, *, right: bool = False) -> Cell:
        style = self.set.column_head
        return Cell(Paragraph(words, replace(style, align="right") if right else style), head=True)

    def _text(self, words: Words, font: str = REGULAR) -> Paragraph:
        return Paragraph([Span(words, font)] if isinstance(words, str) else words, self.set.text)

    def _small(self, words: str) -> Paragraph:
        return Paragraph(words, self.set.small_text)

    def _muted(self, words: str) -> Paragraph:
        return Paragraph(words, self.set.muted)


def _because(flag: Flag) -> list[Span]:
    """All of these hold, so they are joined by *and* whatever the rule says of them."""
    return [span for reason in reasons(flag) for span in (strong(" and "), Span(reason))][1:]
