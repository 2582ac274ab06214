"""Handing a document to the system's printers: the PDF itself to CUPS, pictures of its pages where there is no CUPS."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TITLE = "Backstop"
DPI = 300
PATIENCE = 20


@dataclass(frozen=True)
class PrintJob:
    """`duplex`: on both sides of the paper, turned at the long edge."""

    printer: str
    copies: int = 1
    duplex: bool = False


class PrintFault(Exception):
    """`why` is a short code for the words on the screen, `said` what the printing system said."""

    def __init__(self, why: str, said: str = "") -> None:
        self.why, self.said = why, said
        super().__init__(f"{why}: {said}" if said else why)


NO_PRINTER, GONE, REFUSED = "no printer", "gone", "refused"


def printers() -> list[str]:
    """The usual one comes first."""
    if not _has_cups():
        return _qt_printers()
    names = _said("lpstat", "-e").split()
    usual = _said("lpstat", "-d").rpartition(": ")[2].strip()
    return sorted(names, key=lambda name: name != usual)


def print_pdf(data: bytes, job: PrintJob) -> None:
    """Raises PrintFault. Nothing is written to disk by us: CUPS reads it from a pipe."""
    if not job.printer:
        raise PrintFault(NO_PRINTER)
    if job.printer not in printers():
        raise PrintFault(GONE, job.printer)
    if _has_cups():
        _print_by_cups(data, job)
    else:
        _print_by_qt(data, job)


def cups_command(job: PrintJob) -> list[str]:
    sides = "two-sided-long-edge" if job.duplex else "one-sided"
    options = ["-o", "media=A4", "-o", f"sides={sides}", "-t", TITLE]
    return ["lp", "-d", job.printer, "-n", str(job.copies), *options, "-"]


def _print_by_cups(data: bytes, job: PrintJob) -> None:
    try:
        done = subprocess.run(cups_command(job), input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise PrintFault(REFUSED, f"no answer in {PATIENCE} seconds") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("lp: ")
        raise PrintFault(GONE if "exist" in said else REFUSED, said)


def _print_by_qt(data: bytes, job: PrintJob) -> None:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(TITLE)
    printer.setCopyCount(job.copies)
    both, one = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(both if job.duplex else one)
    paint_pages(data, printer)


def paint_pages(data: bytes, printer: Any) -> None:
    """Page by page as pictures. Raises PrintFault where the printer can't be drawn on."""
    from PySide6.QtCore import QMarginsF, QRectF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter

    from desktop.paper.reading import ReadPdf
    from desktop.ui.page_picture import image_of

    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setFullPage(True)
    printer.setResolution(DPI)
    pdf, painter = ReadPdf(data), QPainter()
    if not painter.begin(printer):
        raise PrintFault(REFUSED)
    for page in range(len(pdf)):
        if page and not printer.newPage():
            painter.end()
            raise PrintFault(REFUSED)
        width, height = pdf.size(page)
        target = QRectF(0, 0, width / 72 * DPI, height / 72 * DPI)
        painter.drawImage(target, image_of(pdf.picture(page, DPI / 72)))
    painter.end()


def _has_cups() -> bool:
    return sys.platform != "win32" and shutil.which("lp") is not None


def _qt_printers() -> list[str]:
    from PySide6.QtPrintSupport import QPrinterInfo

    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != usual)


def _said(*command: str) -> str:
    """Empty where the printing system isn't running."""
    return _run(command).stdout.decode(errors="replace")


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return subprocess.CompletedProcess(command, 1, b"", b"")
