"""Segments and a codebook to proposed codings."""
