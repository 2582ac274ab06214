"""The clinical summary: everything the assessment says, on two sides of A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.assessment import Flag, Undecided
from desktop.clinical.rules import Urgency
from desktop.clinical.words import upper_first
from desktop.paper import decided, marks, sentences
from desktop.paper.answers import (
    Group,
    Kind,
    answer_groups,
    changes_since,
    contradictions,
    reasons,
    written,
    written_notes,
)
from desktop.paper.basis import Basis
from desktop.paper.blocks import Framed, Marked
from desktop.paper.composer import PAGES, Composer
from desktop.paper.flow import Gap
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.grid import Cell, Row
from desktop.paper.heading import TitleLine
from desktop.paper.identity import IdentityLine
from desktop.paper.look import SETTINGS, grey
from desktop.paper.paragraph import Paragraph, Span, strong
from desktop.paper.sentences import Action, Remark
from desktop.paper.sheet import Laid
from desktop.paper.sources import brief_sources, full_sources, short_sources

TITLE = "Clinical summary"
MARKS = {
    Kind.yes: marks.yes,
    Kind.no: marks.no,
    Kind.value: marks.value,
    Kind.unsure: marks.unsure,
    Kind.could_not_examine: marks.could_not_examine,
    Kind.patient_says: marks.patient_says,
    Kind.not_asked: marks.not_asked,
}


def summary(basis: Basis) -> bytes:
    """The same basis gives the same bytes. Without a patient only age and sex are printed."""
    return Summary(basis).pdf()


class Summary(Composer):
    title = TITLE
    settings = SETTINGS

    def fitted(self) -> Laid:
        """One page where the type need not get small for it, otherwise two."""
        roomiest, *tighter = self.settings
        if not self.fits(PAGES, roomiest):
            return super().fitted()
        roomy = [setting for setting in tighter if not setting.tight]
        one_page = not self.fits(1, roomiest) and self.fits(1, roomy[-1])
        return self.laid((self.roomiest(1, roomy) if one_page else None) or roomiest)

    def story(self) -> Iterator[Flowable]:
        basis = self.basis
        encounter = sentences.encounter_words(self.assessment, self.zone)
        moment = " · ".join(filter(None, [encounter, basis.heading.clinician]))
        yield TitleLine(TITLE, [basis.heading.practice_line, moment], self.set.muted)
        yield Gap(2 * mm)
        yield IdentityLine(basis.patient, self.assessment.person, self.set.text)
        yield Gap(2.6 * mm)
        yield self._bar()
        if self.assessment.flags:
            yield from self.section("Flags", [self._flags()])
        yield from self.section("Plan", self._plan())
        yield from self.section("Not yet ruled out", [self._undecided()])
        yield from self.section("Answers", self._answers())
        yield from self.section("In words", self._written())
        yield from self.section("Sources", self._sources())

    def _bar(self) -> Flowable:
        urgency = self.assessment.urgency
        below = [sentences.suspicions(self.assessment), sentences.first_scan(self.assessment, self.zone)]
        if urgency is Urgency.none:
            below = [sentences.screen_words(self.content, self.assessment)]
        lines = [sentences.sentence(text) for text in below if text]
        head = sentences.headline(self.assessment, self.zone)
        filled = urgency is Urgency.emergency
        return self.bar(urgency, head, [" ".join(lines)] if self.set.tight else lines, filled=filled)

    def _flags(self) -> Flowable:
        rows = []
        for flag in self.assessment.open_flags:
            rows.append(self._flag(flag))
            rows += [Row([Cell(smaller, columns=3)], joined=True) for smaller in self._folded(flag)]
        head = [self.head(words) for words in ("Flag", "Because", "Rule and source")]
        return self.grid(head, rows, self.set.columns((57, 78, 39), (58, 58, 58)))

    def _flag(self, flag: Flag) -> Row:
        overridden = self.basis.overridden(flag.rule.id)
        level = sentences.urgency_words(flag.urgency)
        if flag.rule.needs_sign_off:
            level = f"{level} · {sentences.SIGN_OFF.lower()}"
        if age := sentences.age_words(flag.rule, self.basis.day):
            level = f"{level} · {age}"
        if overridden:
            level = f"{level} · overridden"
        title = [self.text(flag.rule.flag, SEMIBOLD), self.muted(level)]
        if self.set.tight:
            title = [self.text([strong(f"{flag.rule.flag} "), grey(level)])]
        source = self.small(f"{flag.rule.id} · {short_sources(self.content, flag.rule)}")
        marked = Marked(marks.severity(flag.urgency), title)
        because = _because(flag)
        if overridden:
            because += [Span(". "), strong(sentences.sentence(overridden))]
        return Row([Cell(marked), Cell(self.text(because)), Cell(source)])

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
        if age := sentences.age_words(flag.rule, self.basis.day):
            sign_off = f"{sign_off}, {age}"
        source = f" ({flag.rule.id} · {short_sources(self.content, flag.rule)})"
        return [strong(flag.rule.flag), Span(f" ({level}{sign_off}): "), *_because(flag), Span(source)]

    def _plan(self) -> Iterator[Flowable]:
        yield from self._remarks(decided.before(self.basis))
        actions = decided.actions(self.basis)
        if actions:
            yield self._actions(actions)
            yield Gap(self.set.pad + 1)
        yield from self._remarks(decided.after(self.basis))

    def _actions(self, found: Sequence[Action]) -> Flowable:
        head = [self.head("What"), self.head("Who"), self.head("Rule"), self.head("By", right=True)]
        widths = self.set.columns((79, 35, 22, 38), (76, 34, 31, 33))
        return self.grid(head, [self._action(action) for action in found], widths)

    def _action(self, action: Action) -> Row:
        what = [strong(action.what)]
        if action.what.startswith(sentences.BLOODS):
            what = [strong(sentences.BLOODS), Span(action.what.removeprefix(sentences.BLOODS))]
        more = " ".join(map(sentences.sentence, action.more))
        cell = [self.text(what)] + ([self.muted(more)] if more else [])
        if self.set.tight and more:
            cell = [self.text([*what, Span(f". {more}")])]
        right = replace(self.set.text, align="right")
        by = Paragraph([Span(action.by, SEMIBOLD if action.pressing else REGULAR)], right)
        who = [Cell(self.text(upper_first(action.who)))] if action.who else []
        first = Cell(*cell, columns=2 - len(who))
        return Row([first, *who, Cell(self.small(", ".join(action.rules))), Cell(by)])

    def _remarks(self, found: Sequence[Remark]) -> Iterator[Flowable]:
        for label, together in groupby(found, lambda remark: remark.label):
            lines = [self._remark(remark) for remark in together]
            # As they are done, one after the other; run in only where nothing else fits.
            yield from self.labelled(label, lines, apart=label == sentences.CARE and self.set.names)

    def _remark(self, remark: Remark) -> list[Span]:
        text = Span(sentences.sentence(remark.text), SEMIBOLD if remark.first else REGULAR)
        return [text, Span(" "), grey(", ".join(remark.rules))] if remark.rules else [text]

    def _undecided(self) -> Flowable:
        lines: list[Flowable] = []
        if self.assessment.urgency is not Urgency.none:
            lines.append(self.text(f"{sentences.screen_words(self.content, self.assessment)}.", SEMIBOLD))
        lines += [self._still_open(one) for one in sentences.undecided_emergencies(self.assessment)]
        counts = sentences.undecided_counts(self.assessment)
        if counts:
            lines.append(self.text(f"{sentences.LOWER}: {counts}."))
        if not self.assessment.undecided:
            lines.append(self.text(sentences.ALL_DECIDED))
        return Framed(lines, inset=self.set.pad * 1.1, gap=self.set.pad * 0.4)

    def _still_open(self, one: Undecided) -> Flowable:
        words = sentences.undecided_words(self.content, self.assessment, one)
        text = [strong(one.rule.flag), Span(f" ({one.rule.id}): {words}.")]
        return Marked(marks.undecided(one.urgency), [self.text(text)])

    def _answers(self) -> Iterator[Flowable]:
        for label, words in changes_since(self.basis):
            yield from self.labelled(label, [[Span(f"{words}.")]])
        if self.assessment.contradictions:
            found = [[Span(sentences.sentence(text))] for text in contradictions(self.content, self.assessment)]
            yield from self.marked("Contradictions", len(self.assessment.contradictions), marks.contradiction, found)
        for kind, groups in answer_groups(self.content, self.assessment).items():
            line = [span for group in groups for span in (Span(" "), *self._group(group, kind))]
            yield from self.marked(kind.value, sum(group.count for group in groups), MARKS[kind], [line[1:]])

    def _group(self, group: Group, kind: Kind) -> list[Span]:
        words = "; ".join(group.words)
        if kind is Kind.not_asked and not self.set.names and not group.safety_screen:
            words = str(group.count)
        return [strong(f"{group.section}:"), Span(f" {words}.")]

    def _written(self) -> Iterator[Flowable]:
        for label, text in (*written(self.content, self.assessment), *written_notes(self.basis)):
            yield from self.labelled(label, [[Span(text)]])

    def _sources(self) -> Iterator[Flowable]:
        sources = brief_sources if self.set.tight else full_sources
        named = sources(self.content, self.assessment)
        found = [span for name, words in named for span in (strong(name), Span(f" {words}. "))]
        if found:
            yield Paragraph(found, self.set.muted)


def _because(flag: Flag) -> list[Span]:
    """All of these hold, so they are joined by *and* whatever the rule says of them."""
    return [span for reason in reasons(flag) for span in (strong(" and "), Span(reason))][1:]
