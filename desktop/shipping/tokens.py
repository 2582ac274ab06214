"""`python -m desktop.shipping.tokens`: the colours and sizes of the design tokens as a module, `desktop/ui/tokens.py`.

To read the tokens where they are written, among all that explains them, was a fortieth of every start.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from resources import FOLDER

MODULE = Path(__file__).parents[1] / "ui/tokens.py"
HEAD = '''"""Made by `python -m desktop.shipping.tokens` of the design tokens, where the use of each stands."""

'''


def module() -> str:
    tokens = tomllib.loads((FOLDER / "look" / "tokens.toml").read_text("utf-8"))
    sizes = {role: size["px"] for role, size in tokens["type"].items()}
    themes = "".join(f"    {_quoted(name)}: {_table(colours, 8)},\n" for name, colours in tokens["colour"].items())
    return f"{HEAD}SIZES = {_table(sizes, 4)}\nCOLOURS = {{\n{themes}}}\n"


def _table(values: dict[str, str | int], indent: int) -> str:
    lines = "".join(
        f"{' ' * indent}{_quoted(name)}: {value if isinstance(value, int) else _quoted(value)},\n"
        for name, value in values.items()
    )
    return f"{{\n{lines}{' ' * (indent - 4)}}}"


def _quoted(word: str) -> str:
    return f'"{word}"'


if __name__ == "__main__":
    MODULE.write_text(module(), "utf-8")
