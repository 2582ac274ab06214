"""A page of the library as the document that is shown: headings with anchors, markers as links, sources at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE
from desktop.clinical.library import TAG_WORDS, Page
from desktop.clinical.page_text import MARKER, markdown
from desktop.clinical.review import rule_markdown
from desktop.clinical.rules import Rule, Urgency
from desktop.ui.theme import Theme

SAID = ("judgement", "recall")
"""Tags that stand beside the claim itself, not only in the list of sources."""


def page_html(page: Page, *, about: str, ends: str = "") -> str:
    """`about` says when it was checked; `ends` stands below the text where there is no room beside it."""
    return (
        f"<h1>{escape(page.title)}</h1><p class='meta'>{escape(page.head.summary)}</p>"
        f"<p class='meta'>{escape(about)}</p>{_body(page)}{ends}"
    )


def rule_html(content: Content, rule: Rule) -> str:
    words = rule_markdown(content, rule).replace(".\n", ".\n\n")
    for part in ("When", "Plan"):
        words = words.replace(f"\n{part}\n", f"\n## {part}\n")
    return f"<h1>{rule.id} {escape(rule.flag)}</h1>{markdown().render(words)}"


def headings_html(page: Page) -> str:
    return "".join(
        f"<p class='side'><a href='#h{number}'>{escape(heading.text)}</a></p>"
        for number, heading in enumerate(page.headings, 1)
    )


def rules_html(page: Page, content: Content) -> str:
    rules = (rule for rule in content.rules if rule.id in page.head.rules)
    ordered = sorted(rules, key=lambda rule: (-rule.level, rule.id))
    return "".join(
        f"<p class='side'><a href='rule:{rule.id}'>{rule.id}</a> {escape(rule.flag)}"
        f" <span class='meta'>·{SPACE}{_level(rule.level)}</span></p>"
        for rule in ordered
    )


def see_also_html(titles: dict[str, str]) -> str:
    return "".join(f"<p class='side'><a href='page:{id}'>{escape(title)}</a></p>" for id, title in titles.items())


def sources_html(page: Page, content: Content) -> str:
    return "".join(
        f"<p class='source'><a name='source{number}'></a><b>{number}</b> {line}</p>"
        for number, line in enumerate(_sources(page, content), 1)
    )


def page_css(theme: Theme) -> str:
    """Rebuilt with the theme: a document has its colours written into it."""
    px, name = theme.px, {key: colour.name() for key, colour in theme.colours.items()}
    sizes = {role: theme.px(size) for role, size in theme.sizes.items()}
    return f"""
        body {{ color: {name["text"]}; }}
        h1 {{ font-size: {sizes["h1"]}px; font-weight: 600; margin-top: 0px; margin-bottom: {px(2)}px; }}
        h2 {{ font-size: {sizes["h3"]}px; font-weight: 600; margin-top: {px(16)}px; margin-bottom: {px(4)}px; }}
        h3 {{ font-size: {sizes["body"]}px; font-weight: 600; margin-top: {px(10)}px; margin-bottom: {px(4)}px; }}
        p {{ margin-top: 0px; margin-bottom: {px(8)}px; }}
        li {{ margin-bottom: {px(4)}px; }}
        b, strong {{ font-weight: 600; }}
        a {{ color: {name["accent"]}; text-decoration: none; font-weight: 600; }}
        code, pre {{ font-family: "{theme.font("body").family()}"; }}
        code {{ font-weight: 600; }}
        pre {{ background-color: {name["inset"]}; margin-bottom: {px(8)}px; }}
        .meta {{ color: {name["muted"]}; font-size: {sizes["small"]}px; margin-bottom: {px(4)}px; }}
        .side {{ font-size: {sizes["note"]}px; margin-bottom: {px(5)}px; }}
        .source {{ color: {name["muted"]}; font-size: {sizes["small"]}px; margin-bottom: {px(6)}px; }}
        th {{ text-align: left; color: {name["muted"]}; font-size: {sizes["small"]}px; font-weight: 600;
              border-bottom: 1px solid {name["border_strong"]}; }}
        td {{ border-bottom: 1px solid {name["border"]}; vertical-align: top; font-size: {sizes["note"]}px; }}
    """


def _body(page: Page) -> str:
    html = _tables(markdown().render(page.body))
    numbers = iter(range(1, len(page.headings) + 1))
    html = re.sub(r"<h([1-6])>", lambda found: f"<h{found[1]}><a name='h{next(numbers)}'></a>", html)
    return MARKER.sub(lambda found: _marker(page, int(found[1])), html)


def _marker(page: Page, number: int) -> str:
    tag = page.head.source[number - 1].tag
    words = f"{number} {tag}" if tag in SAID else str(number)
    return f"<a href='source:{number}'>[{words}]</a>"


def _tables(html: str) -> str:
    return html.replace("<table>", "<table width='100%' cellspacing='0' cellpadding='6' border='0'>")


def _sources(page: Page, content: Content) -> Iterator[str]:
    for source in page.head.source:
        citation = content.citations[source.cite.partition(" ")[0]]
        where = f" · {citation.url}" if citation.url else ""
        yield escape(f"{content.source_words(source.cite)} · {TAG_WORDS[source.tag]}{where}")


def _level(level: Urgency) -> str:
    return level.word.replace("-", SPACE)
