"""A small study whose proposals a coder accepted, and codes that take the place of its own."""

from pathlib import Path

from small_study import code

from pipeline.commands import Decision, open_desk

OLD = (code("staff", ("staff.word", "staff")), code("deny", ("deny.verb", "deny ..5 victory")))


def was(text: str, *ids: str) -> str:
    """A code as it stands in a file, which had these ids before."""
    return text.replace("  label:", f"  was: [{', '.join(ids)}]\n  label:")


def accept_all(folder: Path, coder: str) -> None:
    """Find every proposal present, one after the other, at a coder's desk."""
    desk = open_desk(folder, coder)
    while card := desk.view("", ""):
        desk.judge(
            Decision(
                event_id=desk.new_event_id(),
                segment_id=card.segment_id,
                code_id=card.code_id,
                verdict="present",
                start=card.start,
                end=card.end,
                quotation=card.quotation,
            )
        )
