"""What only Windows asks of a program. Not tested on Windows."""

from __future__ import annotations

from typing import Any


def windows_version(version: str) -> Any:
    """The version that Explorer shows."""
    from PyInstaller.utils.win32 import versioninfo as told

    numbers = (*map(int, version.split(".")[:3]), 0)
    words = {
        "CompanyName": "Backstop",
        "FileDescription": "Backstop: a checklist for back pain in general practice",
        "FileVersion": version,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": "backstop.exe",
        "ProductName": "Backstop",
        "ProductVersion": version,
    }
    strings = [told.StringStruct(name, value) for name, value in words.items()]
    british = told.StringTable("080904B0", strings)
    languages = told.VarFileInfo([told.VarStruct("Translation", [0x0809, 0x04B0])])
    fixed = told.FixedFileInfo(filevers=numbers, prodvers=numbers)
    return told.VSVersionInfo(ffi=fixed, kids=[told.StringFileInfo([british]), languages])
