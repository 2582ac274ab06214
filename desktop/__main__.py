"""`python -m desktop` is the same as `backstop`."""

from desktop.start import main

main()
