"""`python -m pipeline` is `backing`."""

from pipeline.cli import main

main()
