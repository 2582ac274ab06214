"""A page of the manual as the document that is shown: headings with anchors, pictures as wide as the text."""

from __future__ import annotations

import re
from html import escape

from desktop.clinical.page_text import markdown
from desktop.manual import ManualPage, target

PICTURE = re.compile(r'<p><img src="([^"]+)" alt="([^"]*)" ?/?></p>')
TABLE = "<table width='100%' cellspacing='0' cellpadding='6' border='0'>"


def manual_html(page: ManualPage, *, width: int) -> str:
    """`width` is that of the text, for pictures. What a picture shows is said below it as well."""
    anchors, where = iter(page.anchors), page.id.rpartition("/")[0] or "."
    html = markdown().render(page.body).replace("<table>", TABLE)
    html = re.sub(r"<h([23])>", lambda found: f"<h{found[1]}><a name='{next(anchors, '')}'></a>", html)
    html = re.sub(r'<a href="([^"]*)">', lambda found: _link(page, found[1]), html)
    return PICTURE.sub(
        lambda found: f"<p><img src='{where}/{found[1]}' width='{width}'></p><p class='meta'>{found[2]}</p>", html
    )


def _link(page: ManualPage, link: str) -> str:
    return f"<a href='page:{escape(to)}'>" if (to := target(page.id, link)) else "<a>"
