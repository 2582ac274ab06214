"""The files of a rule set packed into one piece, so that a store keeps what its encounters were assessed by."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desktop.clinical.content import Content, load
from desktop.clinical.content_files import OVERLAY, content_files, mark_of
from resources import FOLDER


class RuleFiles:
    """`mark` is the same as long as no file changes, and names the rule set in the store. The texts, 400 KB, are not
    held: the store has them from its first encounter on."""

    def __init__(self, folder: Path = FOLDER, overlay: Path | None = None, mark: str = "") -> None:
        """`mark`: of these files when the content was made from them, where it was looked at."""
        self._place = folder, overlay
        self.mark = mark or mark_of(content_files(folder, overlay))

    def packed(self) -> bytes | None:
        """None where they are other files by now, as while another version is being installed."""
        files = tuple(content_files(*self._place))
        if mark_of(files) != self.mark:
            return None
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, text in files:
                # A date of its own for each file would make other bytes of the same rules.
                archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
        return file.getvalue()


def unpack(packed: bytes) -> Content:
    """Raises ContentError if the present program can't read these rules any more. No patient is in these files."""
    with TemporaryDirectory(prefix="backstop-rules-") as place, ZipFile(BytesIO(packed)) as archive:
        archive.extractall(place)
        overlay = Path(place, OVERLAY)
        return load(Path(place), overlay=overlay if overlay.exists() else None)
