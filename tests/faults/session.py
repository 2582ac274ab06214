"""A whole session in the real window, on a patient whose name is planted: `python session.py STORE ENDS`.

ENDS is how it ends: `close`, or `kill` and `abort` for the signals, with the patient on the screen.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from db.store import Store
from desktop.app import open_application
from desktop.record.demonstration import KEY

CANARY = "Zzyzxcanary"
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def plant(folder: Path) -> None:
    with Store.open(folder / "demonstration", KEY) as store:
        store.patients.add("canary", family=CANARY, given=CANARY, born=date(1965, 3, 12), at=AT)


def work(ends: str) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.window import Window

    (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
    window.begin("canary")
    window.model.consultation._store.save_answer(
        window.model.consultation.encounter.uid, "notes", f"{CANARY} says", who="Dr One", at=AT
    )
    window.keeper.back_up()
    window.keeper.work._thread.join()
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("desktop.app").exception("went wrong for %s", CANARY)
    window.show_settings("backups")
    print("ready", flush=True)
    if ends == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if ends == "abort":
        os.abort()
    window.close()
    QApplication.quit()


def main(folder: str, ends: str) -> None:
    from PySide6.QtCore import QTimer

    from desktop.ui.application import make_application

    plant(Path(folder))
    make_application()
    QTimer.singleShot(300, lambda: work(ends))
    sys.exit(open_application(demo=True, store=Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
