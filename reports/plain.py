"""Text from a build, shown as it is: nothing invisible stays so, nothing endless is printed whole."""

from __future__ import annotations

from collections.abc import Sequence

from qa.report import unobeyed, visible

LIMIT = 4000  # characters of one value: some two screens, more than a person compares by eye


def cut(text: str, limit: int = LIMIT) -> str:
    """A text that ends after ``limit`` characters, with a word on how much more there is."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def shown(text: object, limit: int = LIMIT) -> str:
    """Any value as it may be printed."""
    return visible(cut(str(text), limit))


def logged(text: object) -> str:
    """The same for a program that obeys what it reads, or prints it into a log that is obeyed."""
    return unobeyed(shown(text))


def counted(number: int, one: str, many: str = "") -> str:
    """«1 thing», «3 things», «1,204 checks»."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """«a», «a and b», «a, b and c»."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
