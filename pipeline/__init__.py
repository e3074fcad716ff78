"""Backing: from a researcher's files to evidence whose every cell leads to words on a page."""

__version__ = "0.1.0"
__all__ = ["__version__"]
