"""The checks: one subject a module, and nothing that reads or opens a file."""
