"""Tables as CSV of which no spreadsheet runs anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""With what a formula begins, or one after the spreadsheet has cut the cell open."""


def table_csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([harmless("" if cell is None else str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    """Shown as text by any spreadsheet. A text in JSON stands in quotation marks, which some take away."""
    return f"'{cell}" if cell.lstrip('"').startswith(FORMULA) else cell
