"""Where the files that ship with the program are found, from a checkout, a wheel or a frozen program."""

from pathlib import Path

FOLDER = Path(__file__).parent
