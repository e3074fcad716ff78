"""File to Source: one reader a format; layout, zones and normalising are pure."""
