"""How long documents take, against a bare reportlab canvas that draws the same words in the same font.

    python tests/benchmarks/paper.py [DOCUMENTS]

Prints CPU milliseconds and ratios of one run; only the ratios compare from one machine to another. Exit code 1 where
a budget is missed. DOCUMENTS (1,000 without a number) are drawn in a row to see whether memory grows.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import load
from desktop.clinical.handouts import load_handouts
from desktop.clinical.letters import load_letters
from desktop.paper.basis import Basis, Heading
from desktop.paper.documents import clinical_documents
from desktop.paper.handout_documents import patient_documents
from desktop.record.encounter import LONDON, Patient

ANSWERS: dict[str, Answer] = {
    "cancer_history": True,
    "limb_weakness": "new",
    "weight_loss": True,
    "pain_course": "new",
    "pain_duration_weeks": 7.0,
    "fever_or_unwell": True,
    "crp": 40.0,
    "injury": False,
    "clinical_impression": "Cord compression until shown otherwise.",
}
P95, FIRST, TAGGED, LAID = 300, 600, 4.0, 1.5


def main(many: int) -> int:
    content = load()
    assessment = assess(content, Person(62, "female"), ANSWERS, datetime(2026, 11, 23, 10, 42, tzinfo=UTC))
    patient = Patient("1", "Walker", "Susan", datetime(1964, 3, 14, tzinfo=UTC).date(), "female", "9990000042", "Ms")
    basis = Basis(content, assessment, LONDON, patient, Heading("Elm Street Surgery", "Dr A. Rahman", "Encounter 1"))
    found = clinical_documents(basis, load_letters(content)) + patient_documents(basis, load_handouts(content))
    missed: list[str] = []

    def held(words: str, value: float, budget: float) -> None:
        print(f"{words:<58}{value:9.2f}  (at most {budget:g})")
        if value > budget:
            missed.append(words)

    first = taken(found[0].make)
    held("first document, libraries imported for it, CPU ms", first, FIRST)
    times = {document.title: [taken(document.make) for _ in range(20)] for document in found}
    for title, spent in times.items():
        print(f"  {title:<56}{median(spent):9.1f}")
    held("any document, 95th percentile, CPU ms", max(quantiles(spent, n=20)[18] for spent in times.values()), P95)
    plain, laid, tagged = ratios(basis)
    print(f"{'bare canvas / laid and drawn / tagged, CPU ms':<58}{plain:6.1f}{laid:6.1f}{tagged:6.1f}")
    held("laid and drawn before tagging, against the bare canvas", laid / plain, LAID)
    held("tagged summary, against the bare canvas", tagged / plain, TAGGED)
    held(f"memory grown over {many} documents, MiB", growth(found[0].make, many), 8)
    return 1 if missed else 0


def taken(make: Callable[[], object]) -> float:
    start = time.process_time()
    make()
    return (time.process_time() - start) * 1000


def ratios(basis: Basis) -> tuple[float, float, float]:
    """A setting that fits is known: what is compared is one layout, not the search for the roomiest."""
    from desktop.paper.summary import Summary

    paper = Summary(basis)
    fitted = paper.fitted()
    setting = next(setting for setting, laid in paper.tried.items() if laid is fitted)
    lines = drawn_lines(fitted.pdf())

    def laid() -> None:
        Summary(basis).laid(setting).plain()

    def tagged() -> None:
        Summary(basis).laid(setting).pdf()

    def bare() -> None:
        bare_canvas(lines)

    spent = [(taken(bare), taken(laid), taken(tagged)) for _ in range(25)]
    plain, drawn, whole = (median(values) for values in zip(*spent, strict=True))
    return plain, drawn, whole


def drawn_lines(data: bytes) -> list[list[str]]:
    import pypdfium2

    pages = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded().replace("\x02", "-").splitlines() for page in pages]


def bare_canvas(pages: list[list[str]]) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from desktop.paper.fonts import BOLD, REGULAR, SEMIBOLD

    canvas = Canvas(BytesIO(), invariant=1)
    for lines in pages:
        for number, line in enumerate(lines):
            # The summary has three fonts; each embeds its own subset.
            canvas.setFont((REGULAR, SEMIBOLD, BOLD)[number % 3], 9)
            canvas.drawString(50, 800 - number * 9, line)
        canvas.showPage()
    canvas.save()


def growth(make: Callable[[], object], many: int) -> float:
    process = psutil.Process()
    for _ in range(min(100, many)):
        make()
    before = process.memory_info().rss
    for _ in range(many):
        make()
    return (process.memory_info().rss - before) / 2**20


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
