"""campaign-qa: is this build what the request asked for?"""


def version() -> str:
    """Of the installed package."""
    from importlib.metadata import version as of

    return of("campaign-qa")
