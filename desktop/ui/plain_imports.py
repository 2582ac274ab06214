"""Imports as Python does them, from here on.

For the sake of `from __feature__ import snake_case` PySide reads the source of every module that is imported after it,
and Python keeps what was read: a fifteenth of the start and 5 MB, for something that is used nowhere here.
"""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  puts its own import in the place of Python's, and keeps that one beside it

if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
linecache.clearcache()  # the source of `enum`, 200 KB, which PySide had read by then
