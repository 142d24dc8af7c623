"""Writers of reports, each a pure function of stored records, found by its name."""
