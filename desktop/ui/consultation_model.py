"""The open consultation with the one Qt signal round it; the consultation itself knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer
from desktop.clinical.words import answer_words
from desktop.record.decisions import NOTE
from desktop.record.errors import RecordError
from desktop.record.notes import note_id, title_of
from desktop.ui.self_test import SelfTest
from desktop.ui.unsaved import Unsaved
from desktop.ui.withheld import without_advice

if TYPE_CHECKING:
    from desktop.record.consultation import Consultation


PRESSED = ("yes-no", "choice", "multi")


class Step(Struct, frozen=True):
    """One answer given, with the one before it; None is *not asked*. `bulk`: the questions of a *none of these*.

    `said`: what only the patient had said before.
    """

    item: str
    before: Answer | None
    after: Answer | None
    bulk: tuple[str, ...] = ()
    said: Answer | None = None


class ConsultationModel(QObject):
    """Signals: assessed (what is shown of the assessment), kept (something written is on the disk),
    not_saved (item id, the answer in words, the error),
    stepped (item id, what was undone or done again, in words). `in_hand` is the question that has the focus, `unsaved`
    what the disk refused, in words by the id of question or note.
    """

    assessed = Signal(object)
    kept = Signal()
    stepped = Signal(str, str)
    not_saved = Signal(str, str, object)

    def __init__(self, consultation: Consultation, self_test: SelfTest, unsaved: Unsaved | None = None) -> None:
        super().__init__()
        self.consultation, self.self_test = consultation, self_test
        resumed = consultation.resumed
        self.in_hand = resumed.item or "" if resumed else ""
        self._unsaved = unsaved or Unsaved()
        for id in [
            id for id in self._unsaved.words if not id.startswith(NOTE) and id not in consultation.content.items
        ]:
            self._unsaved.forget(id)
        self._refused = ""
        self._too_long = {one.item: one.text for one in consultation.writing.held()}
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self_test.done.connect(self._tell)

    @property
    def assessment(self) -> Assessment:
        return self.consultation.assessment

    @property
    def shown(self) -> Assessment:
        """Advice is withheld until the rules are known to be right."""
        return self.assessment if self.self_test.passed else without_advice(self.assessment)

    @property
    def unsaved(self) -> Mapping[str, str]:
        return self._unsaved.words

    @property
    def saved_at(self) -> datetime | None:
        times = (self.consultation.saved_at, self.consultation.writing.saved_at)
        return max((at for at in times if at is not None), default=None)

    def answer(self, item_id: str, answer: Answer | None) -> None:
        """Written first, then shown."""
        before, said = self.consultation.given(item_id), self.assessment.patient_says.get(item_id)
        answer, beside = _with_what_was_said(answer, said)
        if before == answer and type(before) is type(answer):
            self.stand(item_id)
        elif self._write(item_id, answer):
            self._done.append(Step(item_id, before, answer, said=said))
            self._undone.clear()
            self._refused = ""
            if beside:
                self.stepped.emit("", self.tr("What the patient ticked stays ticked too: take out what is not so."))
        else:
            self._refused = item_id

    def stand(self, item_id: str) -> None:
        """What is recorded stands in its place again: what the disk refused there is not wanted any more."""
        if self._unsaved.forget(item_id):
            self._tell()

    def hear(self, item_id: str, answer: Answer) -> None:
        """What the patient wrote on a form: theirs until a clinician confirms it."""
        try:
            self.consultation.hear(item_id, answer)
        except RecordError as error:
            self._refuse(item_id, self.words(item_id, answer), error)
        else:
            self._unsaved.forget(item_id)
            self._tell()

    def answer_taken_back(self, item_id: str) -> None:
        """What the patient had said is not asked any more; what the disk refused there goes first."""
        if item_id in self.unsaved:
            self.stand(item_id)
        elif self._write(item_id, None):
            self._undone.clear()

    def write_note(self, section: str, text: str) -> bool:
        """Under a section; the assessment rests on none of it. Whether it is recorded."""
        return self._keep(note_id(section), lambda: self.consultation.writing.write(section, text), text)

    def hold(self, id: str, text: str | None) -> None:
        """What is being typed into a field, so that it is there again after whatever happens. None: nothing is."""
        writing = self.consultation.writing
        self._keep(id, lambda: writing.let_go(id) if text is None else writing.hold(id, text), text or "")

    def note_of(self, section: str) -> str:
        """What is written there."""
        return self.consultation.writing.notes.get(section, "")

    def typed_in(self, id: str) -> str:
        """What was typed there and is in no record: what the disk refused, or, told once, what stood there too long to
        be recorded when the program stopped."""
        return self._unsaved.texts.get(id) or self._too_long.pop(id, "")

    def answer_none(self, items: tuple[str, ...]) -> None:
        """*No* to each of them: one step, to be undone as one. A screen reader can press the button where there are
        none."""
        if items and self._write_bulk(items, none=True):
            self._done.append(Step(items[0], None, None, items))
            self._undone.clear()
            self.stepped.emit("", self.tr("None of these: %n answered no. Ctrl+Z takes them back.", "", len(items)))

    def re_date(self) -> None:
        """Raises RecordError."""
        self.consultation.re_date()
        self._tell()

    def unsaved_words(self) -> tuple[str, ...]:
        """Answers that the disk refused: nothing is signed before they are given again."""
        return tuple(
            self.tr("not saved, so give it again: {label}: {answer}").format(label=self.label(id), answer=words)
            for id, words in self.unsaved.items()
        )

    def label(self, id: str) -> str:
        """Of a question, or of the note of a section."""
        content = self.consultation.content
        if id.startswith(NOTE):
            return self.tr("Note: {section}").format(section=title_of(content, id.removeprefix(NOTE)))
        return content.items[id].label

    @property
    def can_undo(self) -> bool:
        return bool(self._done) or self._refused in self.unsaved

    def undo(self) -> None:
        """The answer before is written as a new answer: nothing is ever deleted. What was pressed and refused is the
        latest of all, and only forgotten."""
        if self._forget_refused():
            return
        if not self._done:
            self.stepped.emit("", self.tr("Nothing to undo since this consultation was opened."))
            return
        step = self._done[-1]
        if self._take_back(step):
            self._undone.append(self._done.pop())
            self.stepped.emit(step.item, self._step_words(self.tr("Undone"), step, step.after, step.before))

    def _forget_refused(self) -> bool:
        """What was typed still stands in its field."""
        item = self.consultation.content.items.get(self._refused)
        if item is None or item.id not in self.unsaved or item.kind not in PRESSED:
            return False
        words = self.unsaved[item.id]
        self.stand(item.id)
        told = self.tr("Undone: {label}, {answer}, which was not saved")
        self.stepped.emit(item.id, told.format(label=item.label, answer=words))
        return True

    def _take_back(self, step: Step) -> bool:
        """What the patient had said is the patient's word again, and raises what it raised."""
        if step.bulk:
            return self._write_bulk(step.bulk, none=False)
        if step.said is not None:
            return self._write(step.item, step.said, by_patient=True)
        return self._write(step.item, step.before)

    def redo(self) -> None:
        if not self._undone:
            self.stepped.emit("", self.tr("Nothing to do again."))
            return
        step = self._undone[-1]
        if self._write_bulk(step.bulk, none=True) if step.bulk else self._write(step.item, step.after):
            self._done.append(self._undone.pop())
            self.stepped.emit(step.item, self._step_words(self.tr("Done again"), step, step.before, step.after))

    def _keep(self, id: str, work: Callable[[], None], text: str) -> bool:
        try:
            work()
        except RecordError as error:
            self._refuse(id, self.tr("what is written there"), error, text)
            return False
        self._unsaved.forget(id)
        self.kept.emit()
        return True

    def _refuse(self, id: str, words: str, error: RecordError, text: str = "") -> None:
        self._unsaved.refuse(id, words, text)
        self.not_saved.emit(id, words, error)

    def _step_words(self, what: str, step: Step, from_answer: Answer | None, to_answer: Answer | None) -> str:
        if step.bulk:
            return self.tr("{what}: none of these, %n question(s)", "", len(step.bulk)).format(what=what)
        label = self.consultation.content.items[step.item].label
        return f"{what}: {label}, {self.words(step.item, from_answer)} → {self.words(step.item, to_answer)}"

    def _write(self, item_id: str, answer: Answer | None, *, by_patient: bool = False) -> bool:
        consultation = self.consultation
        try:
            if by_patient and answer is not None:
                consultation.give_back(item_id, answer)
            else:
                consultation.answer(item_id, answer)
        except RecordError as error:
            text = answer if isinstance(answer, str) and self.consultation.content.items[item_id].kind == "text" else ""
            self._refuse(item_id, self.words(item_id, answer), error, text)
            return False
        self._unsaved.forget(item_id)
        self._tell()
        return True

    def _write_bulk(self, items: tuple[str, ...], *, none: bool) -> bool:
        try:
            self.consultation.answer_none(items) if none else self.consultation.take_back(items)
        except RecordError as error:
            for id in items:
                self._unsaved.refuse(id, self.tr("no") if none else self.tr("not asked"))
            self.not_saved.emit(items[0], self.tr("none of these, and %n more", "", len(items) - 1), error)
            return False
        for id in items:
            self._unsaved.forget(id)
        self._tell()
        return True

    def _tell(self) -> None:
        self.assessed.emit(self.shown)

    def words(self, item_id: str, answer: Answer | None) -> str:
        if answer is None:
            return self.tr("not asked")
        return answer_words(self.consultation.content.items[item_id], answer)

    def last_words(self) -> str:
        """The last answer by name, for the status line."""
        last = self.consultation.last_item
        if last is None or last not in self.consultation.content.items:
            return ""
        answer = self.assessment.answers.get(last, self.assessment.patient_says.get(last))
        label = self.consultation.content.items[last].label
        return self.tr("Last: {question} → {answer}").format(question=label, answer=self.words(last, answer))

    def today(self) -> date:
        """The day of the encounter: what is in the future is counted from it."""
        return self.consultation.began_at.astimezone(self.consultation.zone).date()


def _with_what_was_said(answer: Answer | None, said: Answer | None) -> tuple[Answer | None, bool]:
    """One tick more takes none of the patient's away; *none of these* is said outright. And whether any was added."""
    if isinstance(answer, frozenset) and isinstance(said, frozenset) and answer:
        return answer | said, bool(said - answer)
    return answer, False
