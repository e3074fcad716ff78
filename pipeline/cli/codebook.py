"""The commands that look a codebook through, compare it and print it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline import commands
from pipeline.cli.options import JsonOption, StudyOption
from pipeline.cli.printing import print_tables, progress

app = typer.Typer(no_args_is_help=True, help="Look a codebook through, compare it, print it.")
BookArgument = Annotated[Path, typer.Argument(help="The codebook file.")]


@app.command("check")
def check(
    codebook: BookArgument,
    findings: Annotated[
        Path | None, typer.Option("--findings", help="Findings to check against it.")
    ] = None,
    study: Annotated[
        Path | None, typer.Option("--study", help="The study's folder; else the codebook's own.")
    ] = None,
    flood: Annotated[
        float, typer.Option("--flood", min=0, max=1, help="Share of sentences that is a flood.")
    ] = commands.FLOOD_SHARE,
    as_json: JsonOption = False,
) -> None:
    """Name every fault and failing example; in a study also dead, flooding and double rules."""
    with progress() as say:
        report = commands.check_codebook(codebook, findings, study, flood_share=flood, say=say)
    if as_json:
        typer.echo(json.dumps(asdict(report)))
    else:
        typer.echo(report.summary)
        print_tables(report.tables)
    if not report.is_good:
        raise typer.Exit(3)


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The codebook as it was.")],
    new: Annotated[Path, typer.Argument(help="The codebook as it is to be.")],
    as_json: JsonOption = False,
) -> None:
    """Tell what changed from OLD to NEW: codes, meanings, rules by content, cues."""
    report = commands.compare_codebooks(old, new)
    if as_json:
        typer.echo(json.dumps(asdict(report.diff) | {"asks_for": report.diff.asks_for}))
    else:
        typer.echo(report.summary)
        print_tables(report.tables)


@app.command("impact")
def impact(
    new: Annotated[Path, typer.Argument(help="The codebook as it is to be.")],
    study: StudyOption = Path(),
    examples: Annotated[
        int, typer.Option("--examples", min=0, max=1000, help="Sentences shown for each code.")
    ] = commands.EXAMPLES,
    as_json: JsonOption = False,
) -> None:
    """Tell what NEW would propose anew and no longer, and which judgments it would touch."""
    with progress() as say:
        report = commands.impact_of(new, study, examples=examples, say=say)
    if as_json:
        typer.echo(json.dumps(asdict(report)))
    else:
        typer.echo(report.summary)
        print_tables(report.tables)


@app.command("print")
def print_(
    codebook: BookArgument,
    out: Annotated[
        list[Path], typer.Option("--out", help="Where it goes: NAME.html or NAME.docx; repeatable.")
    ],
) -> None:
    """Write a codebook that coders can be trained with, as a page or for Word."""
    for path in commands.print_codebook(codebook, out):
        typer.echo(path.as_posix())
