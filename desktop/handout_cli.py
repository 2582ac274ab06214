"""`backstop sheet`: what the patient takes home, from a case."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.input import BadInput, assessed, loaded, the_content
from desktop.output import write_file
from desktop.settings import PRACTICE_ZONE


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--large", "kind", flag_value="large", help="In large print.")
@click.option("--card", "kind", flag_value="card", help="The wallet card instead.")
@click.option("--language", default="en-GB", help="Its code, such as ar; a draft says so on every page.")
@click.option("--practice", default="", help="The name of the practice.")
@click.option("--telephone", default="", help="The number that the patient should call.")
def sheet(case: Path, file: Path, kind: str | None, language: str, practice: str, telephone: str) -> None:
    """Write the patient's sheet of CASE, a JSON file, to FILE as PDF ("-" reads standard input)."""
    from desktop.clinical.handouts import load_handouts
    from desktop.clinical.languages import english, load_languages
    from desktop.paper.basis import Basis, Heading
    from desktop.paper.handout_documents import CARD, LARGE, SHEET, patient_documents

    content = the_content()
    handouts = loaded(lambda: load_handouts(content))
    languages = {one.code: one for one in (english(handouts), *loaded(lambda: load_languages(handouts)))}
    if language not in languages:
        raise BadInput(f"there is no sheet in “{language}”. There is: {', '.join(languages)}. Nothing was written.")
    basis = Basis(content, assessed(content, case), PRACTICE_ZONE, heading=Heading(practice, telephone=telephone))
    wanted = {None: SHEET, "large": LARGE, "card": CARD}[kind]
    documents = patient_documents(basis, handouts, language=languages[language])
    made = next(document for document in documents if document.id == wanted)
    write_file(file, made.make())
