"""What may stand in a block the platform brings along: asked for each thing that is missing, however many are."""

from __future__ import annotations

import time

from qa.testing import run_check


def test_thousands_of_missing_blocks_of_copy_take_their_number() -> None:
    words = [f"Paragraph number {number} that nobody built {number * 7919}." for number in range(4000)]
    started = time.process_time()
    assert len(run_check("copy", email={"copy": words}, build="<p>Hello</p>").codes) == 4000
    assert time.process_time() - started < 10
