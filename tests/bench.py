"""How much does it find, and how fast is it? `make bench`: recall and precision per kind of defect, then the speed.

`python -m tests.bench unseen` judges the batches alone, `speed` measures the speed alone, `rendering` that of the pictures, `links` that of the
links. Numbers also go to docs/measured.md and the README.
"""

from __future__ import annotations

import sys

from tests import bench_links, bench_rendering, bench_speed, bench_start, bench_suites, bench_visual
from tests.docs import MEASURED, README, readme_measured
from tests.measured import Row, in_short, measure, page, rows, summary, total
from tests.unseen import batches, figures, judged


def main(arguments: list[str]) -> None:
    if not arguments:
        _found()
    if not arguments or "unseen" in arguments:
        _unseen()
    if not arguments or "speed" in arguments:
        bench_start.main()
        bench_speed.main()
    if not arguments or "rendering" in arguments:
        bench_rendering.main()
    if not arguments or "visual" in arguments:
        bench_visual.main()
    if not arguments or "suites" in arguments:
        bench_suites.main()
    if not arguments or "links" in arguments:
        bench_links.main()


def _found() -> None:
    defects, edits = measure()
    print(f"{'kind':<50} {'planted':>8} {'found':>6} {'recall':>8} {'alarms':>7} {'precision':>10}")
    for row in [*rows(defects), total(defects)]:
        _print(row)
    print(f"\n{summary(defects, edits)}")
    MEASURED.write_text(page(defects, edits), "utf-8")
    README.write_text(readme_measured(README.read_text("utf-8"), in_short(defects, edits)), "utf-8")


def _unseen() -> None:
    """Every batch as it is today; what it was on the first try stands in docs/measured.md."""
    for batch in batches():
        today = figures(judged(batch))
        false = today["alarms"] / today["assets"]
        print(f"{batch}, today: {today['found']} of {today['planted']} found, {false:.2f} false per clean asset")


def _print(row: Row) -> None:
    print(f"{row.kind:<50} {row.planted:>8} {row.found:>6} {row.recall:>8} {row.alarms:>7} {row.precision:>10}")


if __name__ == "__main__":
    main(sys.argv[1:])
