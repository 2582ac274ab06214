"""A patient at the form: one question after the other; an emergency answer ends it."""

from __future__ import annotations

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer
from desktop.clinical.rules import Urgency
from desktop.clinical.waiting_room import FormQuestion, WaitingRoom, fits
from desktop.record.consultation import Consultation
from desktop.record.errors import RecordError


class Waiting:
    """`ended` is "urgent" when an answer raised an emergency that did not stand before, "done" after the last one."""

    def __init__(self, consultation: Consultation, *rooms: WaitingRoom) -> None:
        """`rooms` are the form in each language that is offered; the first is spoken until another is chosen."""
        self._consultation, self.rooms, self.room = consultation, rooms, rooms[0]
        self._stood = _emergencies(consultation.assessment)
        self._place = 0
        self.ended = ""
        self.given: dict[str, Answer] = {}

    @property
    def question(self) -> FormQuestion:
        return self._asked[self._place]

    @property
    def number(self) -> int:
        return self._place + 1

    @property
    def count(self) -> int:
        return len(self._asked)

    def speak(self, code: str) -> None:
        """In a language that is not offered nothing changes."""
        self.room = next((room for room in self.rooms if room.language.code == code), self.room)

    def answer(self, answer: Answer) -> None:
        """Written first. Raises RecordError, and then the question stays; an emergency ends it at the desk even so.

        What a clinician has answered already stays theirs.
        """
        item = self.question.item.id
        try:
            self._consultation.hear(item, answer)
        except RecordError:
            if _emergencies(self._consultation.if_said(item, answer)) - self._stood:
                self.ended = "urgent"
            raise
        self.given[item] = answer
        if _emergencies(self._consultation.assessment) - self._stood:
            self.ended = "urgent"
        else:
            self.skip()

    def take_back(self) -> None:
        """Every tick was taken out again: what was said here before is not said any more. Raises RecordError."""
        self._consultation.need()
        item = self.question.item.id
        if item in self.given:
            self._consultation.take_back_heard(item)
            del self.given[item]
        self.skip()

    def skip(self) -> None:
        if self._place + 1 == self.count:
            self.ended = "done"
        else:
            self._place += 1

    def back(self) -> None:
        self._place = max(0, self._place - 1)

    @property
    def _asked(self) -> tuple[FormQuestion, ...]:
        """Those that fit this patient: a detail only after what it is a detail of."""
        assessment = self._consultation.assessment
        return tuple(one for one in self.room.questions if one.item.id in self.given or fits(one, assessment))


def _emergencies(assessment: Assessment) -> set[str]:
    return {flag.rule.id for flag in assessment.flags if flag.urgency is Urgency.emergency}
