"""Options that several commands have, written once."""

from pathlib import Path
from typing import Annotated

import typer

StudyOption = Annotated[Path, typer.Option("--study", help="The study's folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
CodebookOption = Annotated[Path, typer.Option("--codebook", help="The codebook file.")]
