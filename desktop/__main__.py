"""`python -m desktop` is the same as `backstop`."""

from desktop.cli import main

main(prog_name="backstop")
