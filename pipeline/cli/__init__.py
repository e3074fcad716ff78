"""The command line: parse, call one stage, print. Data to stdout, progress to stderr."""

import csv
import io
import json
import logging
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from pipeline import __version__, commands
from pipeline.cli import codebook
from pipeline.cli.options import CodebookOption, JsonOption, StudyOption
from pipeline.cli.printing import progress
from pipeline.errors import PipelineError
from pipeline.serve import serve


class ErrorsAsMessages(TyperGroup):
    """Turns errors raised on purpose into one message and their exit status, in one place."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - click's own
        """Run the command line; after ``backing -v`` the traceback comes before the message."""
        try:
            return super().__call__(*arguments, **options)
        except PipelineError as error:
            if {"-v", "--verbose"} & set(sys.argv[1:2]):
                traceback.print_exc()
            typer.echo(str(error), err=True)
            sys.exit(error.exit_status)


app = typer.Typer(
    cls=ErrorsAsMessages,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
record_app = typer.Typer(no_args_is_help=True, help="Carry the coders' record in and out.")
app.add_typer(codebook.app, name="codebook")
app.add_typer(record_app, name="record")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"backing {__version__}")
        raise typer.Exit


@app.callback()
def options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Add tracebacks.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """From a researcher's files to findings whose every cell leads to words on a page."""
    if verbose:
        logging.basicConfig(format="%(message)s")
        logging.getLogger("pipeline").setLevel(logging.DEBUG)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where the new study goes.")]) -> None:
    """Make a new study, ready to run."""
    for path in commands.init(folder):
        typer.echo(path.as_posix())


@app.command()
def run(
    study: StudyOption = Path(),
    marking: Annotated[
        str, typer.Option("--marking", help="Show nothing that is marked above this level.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Read, code, weigh and export whatever has changed; end with what was made and where."""
    with progress() as say:
        report = commands.run(study, say, marking)
    typer.echo(json.dumps(asdict(report), default=str) if as_json else report.summary)
    if report.unread:
        raise typer.Exit(3)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Files to read.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for ID.txt and ID.json.")],
    debug: Annotated[
        bool, typer.Option("--debug", help="Draw each page of a PDF with what was read on it.")
    ] = False,
) -> None:
    """Write the reading text of each file, and its pages, zones, speakers and warnings."""
    report = commands.extract_files(files, out, draws=debug)
    for path in report.written:
        typer.echo(path.as_posix())
    _end(report)


@app.command()
def tag(
    files: Annotated[list[Path], typer.Argument(help="Files to code.")],
    book: CodebookOption,
    as_json: JsonOption = False,
) -> None:
    """Print proposed codings of any file as CSV; no study is needed."""
    report = commands.tag_files(files, book)
    rows = list(csv.DictReader(io.StringIO(report.table, newline=""))) if as_json else []
    typer.echo(json.dumps(rows, ensure_ascii=False) if as_json else report.table, nl=as_json)
    _end(report)


def _end(report: commands.FilesReport) -> None:
    for message in (*report.notices, *report.unread):
        typer.echo(message, err=True)
    if report.unread:
        raise typer.Exit(3)


@app.command()
def review(
    coder: Annotated[str, typer.Option("--coder", help="Who judges.", prompt="Coder")],
    study: StudyOption = Path(),
    port: Annotated[int, typer.Option("--port", help="Port on this machine; 0 takes any.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Open the reviewing page for one coder, on this machine only."""
    serve(study, coder, port, opens_browser=browser, say=_say_line)


def _say_line(text: str) -> None:
    typer.echo(text)
    sys.stdout.flush()


@record_app.command("export")
def record_export(study: StudyOption = Path()) -> None:
    """Print the record as JSON Lines, to keep under version control or to send."""
    for line in commands.export_record(study):
        typer.echo(line)
    named = commands.names_in_record(study)
    if named:
        typer.echo(
            f"{named:,} events were made before their words had pseudonyms and hold names: "
            "send this only where names may be seen",
            err=True,
        )


@record_app.command("import")
def record_import(
    file: Annotated[Path, typer.Argument(help="JSON Lines of another record.")],
    study: StudyOption = Path(),
) -> None:
    """Take in the events of another record; what is known already is counted, not doubled."""
    report = commands.import_record(study, file)
    typer.echo(report.summary)
    for fault in report.faults:
        typer.echo(str(fault), err=True)
    if report.faults:
        raise typer.Exit(5)


@app.command()
def verify(study: StudyOption = Path(), as_json: JsonOption = False) -> None:
    """Prove that every quotation stands in its source and that the record is whole."""
    report = commands.verify(study)
    typer.echo(json.dumps(asdict(report)) if as_json else report.summary)
    if report.exit_status:
        raise typer.Exit(report.exit_status)


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Tell what is installed, what is missing and the command that adds it."""
    parts = commands.examine()
    if as_json:
        typer.echo(json.dumps([asdict(part) for part in parts]))
    else:
        table = Table("part", "used for", "found", box=None, pad_edge=False)
        for part in parts:
            table.add_row(part.name, part.used_for, part.found or f"missing: {part.add_with}")
        Console(width=110, highlight=False).print(table)
    if any(part.is_needed and not part.found for part in parts):
        raise typer.Exit(7)


def main() -> None:
    """Run the command line."""
    app()
