"""Mutations: ways in which bad luck or somebody spoils the bytes of a file, by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.attacks.unlucky import UNLUCKY

_MOST = 3  # mutations of one file
_UNLUCKY = 0.4  # of them
_LARGEST = 400_000  # bytes: what is too large is refused, and other tests ask for that
Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(chance: random.Random, content: bytes, kind: str, others: Sequence[bytes]) -> tuple[bytes, str]:
    """A file spoilt in one to three ways, and which; ``kind`` is its ending, ``others`` are files to take from."""
    names = []
    for _ in range(chance.randint(1, _MOST)):
        name = "unlucky" if chance.random() < _UNLUCKY else chance.choices(list(MUTATIONS), _WEIGHTS)[0]
        names.append(name)
        known = MUTATIONS.get(name)
        content = known[0](chance, content, others) if known else unlucky(chance, content, kind)
        content = content[:_LARGEST]
    return content, ", ".join(names)


def unlucky(chance: random.Random, content: bytes, kind: str) -> bytes:
    """Something of the table put into a file, in the place of a value or between two."""
    word = chance.choice([*UNLUCKY["any"], *UNLUCKY.get(kind, ())] + 3 * list(UNLUCKY.get(kind, ())))
    ends = [at for at, each in enumerate(content) if each in b":=>,\"' \n"]
    if not ends:
        return word
    start = chance.choice(ends) + 1
    stop = start
    if chance.random() < 0.7:
        stop = next((at for at in range(start, min(start + 200, len(content))) if content[at] in b'<,"\n'), start)
    return content[:start] + chance.choice((b"", b"", b" ")) + word + content[stop:]


def _flipped(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.choice((1, 1, 4, 32))):
        if flipped:
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _cut(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    return content[: _place(chance, content)]


def _without(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    start, stop = _span(chance, content)
    return content[:start] + content[stop:]


def _repeated(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    start, stop = _span(chance, content)
    times = chance.choice((1, 1, 2, 50))
    return content[:stop] + content[start:stop] * times + content[stop:]


def _moved(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    start, stop = _span(chance, content)
    left = content[:start] + content[stop:]
    at = _place(chance, left)
    return left[:at] + content[start:stop] + left[at:]


def _spliced(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    return content[: _place(chance, content)] + other[_place(chance, other) :]


def _nulls(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    at = _place(chance, content)
    return content[:at] + b"\0" * chance.choice((1, 2, 4096)) + content[at:]


def _reencoded(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    text = content.decode(chance.choice(("utf-8", "latin-1")), "replace")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "utf-7", "utf-8-sig", "cp037"))
    return text.encode(encoding, "replace")


def _nested(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    start, stop = _span(chance, content, 40)
    return content[:stop] + content[start:stop] * chance.choice((100, 3000)) + content[stop:]


def _noise(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 100, max(1, len(content)))))


def _line_ends(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    return content.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\n", b"", b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8")))


def _place(chance: random.Random, content: bytes) -> int:
    return chance.randint(0, len(content))


def _span(chance: random.Random, content: bytes, longest: int = 0) -> tuple[int, int]:
    start = _place(chance, content)
    return start, min(len(content), start + chance.randint(1, longest or chance.choice((1, 16, 200, 5000))))


MUTATIONS: dict[str, tuple[Mutation, int]] = {
    "bits flipped": (_flipped, 8),
    "cut off": (_cut, 4),
    "a piece lost": (_without, 8),
    "a piece twice": (_repeated, 8),
    "a piece moved": (_moved, 5),
    "two files spliced": (_spliced, 6),
    "nulls": (_nulls, 3),
    "another encoding": (_reencoded, 4),
    "a piece thousands of times": (_nested, 3),
    "noise": (_noise, 2),
    "other line ends": (_line_ends, 2),
}
_WEIGHTS = [weight for _, weight in MUTATIONS.values()]
