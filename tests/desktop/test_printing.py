"""The PDF itself goes to the printer; a printer that is missing or gone is said plainly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.platypus import Flowable

from desktop.clinical.checklist import Person
from desktop.paper.look import SETTINGS
from desktop.paper.paragraph import Paragraph
from desktop.paper.sheet import Laid, Sheet
from desktop.ui import printing
from desktop.ui.printing import GONE, NO_PRINTER, PrintFault, PrintJob, cups_command, paint_pages, print_pdf, printers

from .cups_queue import Printed, print_queue, why_not

QUEUE = "Backstop-test"


@pytest.fixture(scope="module")
def document() -> bytes:
    sheet = Sheet("A title", None, Person(62), "A footer.", demo=False)
    story: list[Flowable] = [Paragraph(f"Line {number} of the letter", SETTINGS[0].text) for number in range(80)]
    return Laid(sheet, story).pdf()


@pytest.fixture(scope="module")
def queue() -> Iterator[Printed]:
    if why_not():
        pytest.skip(why_not())
    with print_queue(QUEUE) as printed:
        yield printed


def test_a_real_queue_prints_the_pages_as_they_are(queue: Printed, document: bytes) -> None:
    assert printers() == [QUEUE]
    print_pdf(document, PrintJob(QUEUE))
    (file,) = queue.files()
    made = pypdfium2.PdfDocument(file)
    words = [page.get_textpage().get_text_bounded() for page in made]
    assert len(made) == len(pypdfium2.PdfDocument(document)) == 2
    assert "Line 0 of the letter" in words[0]
    assert "Line 79 of the letter" in words[1]


def test_nothing_is_put_aside_on_the_way_to_the_queue(
    queue: Printed, document: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recovery kit goes this way: where no temporary file can be made it is printed all the same."""
    monkeypatch.setenv("TMPDIR", "/nowhere")
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    print_pdf(document, PrintJob(QUEUE))
    assert queue.files()


def test_a_printer_that_is_gone(queue: Printed, document: bytes) -> None:
    with pytest.raises(PrintFault) as fault:
        print_pdf(document, PrintJob("Office"))
    assert (fault.value.why, fault.value.said) == (GONE, "Office")


def test_without_a_printer(document: bytes) -> None:
    with pytest.raises(PrintFault) as fault:
        print_pdf(document, PrintJob(""))
    assert fault.value.why == NO_PRINTER


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (PrintJob("Office"), ["-n", "1", "-o", "media=A4", "-o", "sides=one-sided"]),
        (PrintJob("Office", 3, duplex=True), ["-n", "3", "-o", "media=A4", "-o", "sides=two-sided-long-edge"]),
    ],
)
def test_what_cups_is_told(job: PrintJob, said: list[str]) -> None:
    """Nothing that names a patient, and no file: the document comes through a pipe."""
    assert cups_command(job) == ["lp", "-d", "Office", *said, "-t", "Backstop", "-"]


def test_a_printing_system_that_does_not_answer(document: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    monkeypatch.setattr(printing, "_has_cups", lambda: True)
    monkeypatch.setattr(printing, "cups_command", lambda job: ["sleep", "5"])
    monkeypatch.setattr(printing, "PATIENCE", 0.1)
    with pytest.raises(PrintFault, match="no answer"):
        print_pdf(document, PrintJob("Office"))


def test_where_there_is_no_cups_the_pages_are_painted(qapp: QApplication, document: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "painted.pdf"))
    paint_pages(document, printer)
    painted = pypdfium2.PdfDocument(tmp_path / "painted.pdf")
    bitmap = painted[0].render(scale=1, grayscale=True)
    ink = sum(value < 128 for value in bytes(bitmap.buffer))
    assert (len(painted), [round(side) for side in painted.get_page_size(0)], ink > 500) == (2, [595, 842], True)


def test_a_printer_that_takes_only_the_first_page_has_printed_nothing(
    qapp: QApplication, document: bytes, tmp_path: Path
) -> None:
    class Jammed(QPrinter):
        def newPage(self) -> bool:
            return False

    printer = Jammed(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "half.pdf"))
    with pytest.raises(PrintFault):
        paint_pages(document, printer)
