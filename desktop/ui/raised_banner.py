"""A flag that a result raised, in the words and colours of the urgency banner."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.record.board import FollowUp
from desktop.ui.followup_words import due_sentence
from desktop.ui.headline import Headline
from desktop.ui.levels import level_words
from desktop.ui.theme import Theme
from desktop.ui.translation import translate
from desktop.ui.urgency_banner import UrgencyBanner


def raised_banner(theme: Theme, content: Content, one: FollowUp, zone: ZoneInfo) -> UrgencyBanner:
    """Rules that this program has no more are named by their id."""
    urgency = Urgency.of(one.stored.urgency)
    known = {rule.id: rule.flag for rule in content.rules}
    flags = "; ".join(known.get(id, id) for id in one.stored.rules)
    level = translate("FollowUp", "{level}: raised by a result").format(level=level_words(urgency))
    banner = UrgencyBanner(theme)
    banner.show_headline(Headline(urgency, level, flags, due_sentence(one, zone)))
    return banner
