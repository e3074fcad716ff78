"""The coders' record: append-only, transactional, chained."""
