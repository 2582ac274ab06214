"""Brings the translation files up to date with the words in the code: `python tests/translations.py`.

`resources/translations/backstop_en_GB.ts` holds what English needs, the plurals. For another language,
`python tests/translations.py fr_FR` makes or updates `backstop_fr_FR.ts` with every word; it is then translated
in Qt Linguist, and the same command compiles it. A clinical text is content, and never stands in these files.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from db import errors  # noqa: E402
from desktop.ui.told import CONTEXT  # noqa: E402
from desktop.ui.translation import RECORD  # noqa: E402

FOLDER = ROOT / "resources/translations"
ENGLISH = "en_GB"


def update(language: str, folder: Path = FOLDER) -> Path:
    """The .ts file, brought up to date and compiled."""
    file = folder / f"backstop_{language}.ts"
    sources = sorted(str(path) for path in (ROOT / "desktop/ui").glob("*.py"))
    only = ["-pluralonly"] if language == ENGLISH else []
    with TemporaryDirectory() as made:
        more = [words_of_the_store(Path(made)), words_of_the_record(Path(made))]
        how = [*only, "-locations", "none", "-no-obsolete", "-target-language", language]
        tool("lupdate", *how, *sources, *more, "-ts", file)
    if language == ENGLISH:
        fill_plurals(file)
    tool("lrelease", "-silent", file, "-qm", file.with_suffix(".qm"))
    return file


def words_of_the_store(folder: Path) -> Path:
    """The store knows no Qt, so what its errors tell is written where `lupdate` looks."""
    lines = [f"QT_TRANSLATE_NOOP({CONTEXT!r}, {json.dumps(words)})\n" for words in sorted(told_by_the_store())]
    file = folder / "store.py"
    file.write_text("".join(lines), "utf-8")
    return file


def words_of_the_record(folder: Path) -> Path:
    """What `say` is given in the record layer, which knows no Qt either."""
    file = folder / "record.py"
    lines = [f"QT_TRANSLATE_NOOP({RECORD!r}, {json.dumps(words)})\n" for words in sorted(said_by_the_record())]
    file.write_text("".join(lines), "utf-8")
    return file


def said_by_the_record() -> set[str]:
    """Written out at each call: what is made up first nobody could translate."""
    found = set()
    for path in sorted((ROOT / "desktop/record").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                assert isinstance(node.args[0], ast.Constant), f"{path.name}, line {node.lineno}: not written out"
                found.add(str(node.args[0].value))
    return found


def told_by_the_store() -> set[str]:
    """`{place}` in it is a file, a folder or a name."""
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.StoreError)]
    return {words for kind in kinds for words in (kind.title, kind.safe, kind.todo, *kind.titles.values())}


def fill_plurals(file: Path) -> None:
    """`%n flag(s)` is `%n flag` for one and `%n flags` for the others."""
    tree = ET.parse(file)
    for message in tree.iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        for form in list(translation):
            translation.remove(form)
        for words in (source.replace("(s)", ""), source.replace("(s)", "s")):
            ET.SubElement(translation, "numerusform").text = words
    ET.indent(tree)
    file.write_text('<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(tree.getroot(), "unicode") + "\n", "utf-8")


def tool(name: str, *arguments: object) -> None:
    here = Path(sys.executable).parent
    program = next(path for path in here.glob(f"pyside6-{name}*"))
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for language in sys.argv[1:] or [ENGLISH]:
        print(update(language))
