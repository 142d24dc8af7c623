"""The command `qa`, started as `python -m qa`."""

from qa.cli.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
