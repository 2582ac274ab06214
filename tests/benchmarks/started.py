"""The program as `backstop --demo --store FOLDER` starts it, up to a blank consultation: `started.py FOLDER`.

Command line, settings, log, content, the look for another instance, store and window are the program's own; the key of
the demonstration is published, so nothing is unlocked. A consultation is begun as soon as the window is there. Once it
is painted, this prints as JSON what the processor spent (seconds), what is loaded, and whose source was read.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import app

FIRST_WINDOW = app._first_window


def first_window(*given: Any, **named: Any) -> Any:
    from PySide6.QtCore import QEvent

    from desktop.ui.window import Window

    plain = Window.event

    def event(self: Window, event: QEvent) -> bool:
        """Every paint event of the window comes in one of these."""
        done = plain(self, event)
        if event.type() is QEvent.Type.UpdateRequest and self.consultation is not None:
            tell()
        return done

    Window.event = event  # type: ignore[method-assign]
    window = FIRST_WINDOW(*given, **named)
    app.stay_loaded = lambda: window.begin(window.clinic.patients("Yarrow")[0].uid)
    return window


def tell() -> None:
    cpu = time.process_time()
    print(json.dumps({"cpu": cpu, "modules": sorted(sys.modules), "read": sorted(linecache.cache)}), flush=True)
    os._exit(0)


app._first_window = first_window
from desktop.start import main  # noqa: E402

sys.argv[1:] = ["--demo", "--store", sys.argv[1]]
main()
