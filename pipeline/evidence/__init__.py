"""Codings and findings to evidence: queries, the matrix, independence."""
