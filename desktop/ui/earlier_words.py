"""What was answered at the last visit, with its age: shown beside a question, never counted as asked today."""

from __future__ import annotations

from datetime import datetime

from desktop.clinical.dates import date_words
from desktop.clinical.words import answer_words
from desktop.record.consultation import Consultation
from desktop.ui.translation import Words, translate


class EarlierWords(Words):
    def days(self, n: int) -> str:
        return self.tr("%n day(s) ago", "", n)

    def weeks(self, n: int) -> str:
        return self.tr("%n week(s) ago", "", n)


def earlier_words(consultation: Consultation, item_id: str) -> str:
    """Empty once it is answered today, and where there is nothing to compare with."""
    last = consultation.last_visit
    if last is None or consultation.given(item_id) is not None:
        return ""
    day = date_words(last.at.astimezone(consultation.zone))
    if item_id in consultation.compared:
        return translate("Earlier", "From the record: compared with the visit of {day}").format(day=day)
    if item_id not in last.answers:
        return ""
    words = answer_words(consultation.content.items[item_id], last.answers[item_id])
    age = age_words(last.at, consultation.began_at)
    return translate("Earlier", "{age}, {day}: {answer}").format(age=age, day=day, answer=words)


def age_words(then: datetime, now: datetime) -> str:
    days = (now - then).days
    if days == 0:
        return translate("Earlier", "today")
    return EarlierWords().days(days) if days < 14 else EarlierWords().weeks(days // 7)
