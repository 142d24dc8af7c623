"""campaign-qa: quality checks of email campaigns and landing pages, held against their request."""


def version() -> str:
    """Of the installed package."""
    from importlib.metadata import version as of

    return of("campaign-qa")
