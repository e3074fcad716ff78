"""Writes codebooks/codebook.schema.json anew: run it after the form of codebooks has changed."""

from pathlib import Path

from pipeline.codebook_schema import SCHEMA_FILE, schema_text

if __name__ == "__main__":
    path = Path(__file__).parent.parent / "codebooks" / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8", newline="\n")
