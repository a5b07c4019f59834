"""Measurements: ``python -m benchmarks`` for start and pushes, or one of them by name.

    python -m benchmarks [start | pushes]
    python -m benchmarks replay LETTERS.jsonl [...]     chats with the titles of letters
    python -m benchmarks nlp_fit --letters PATH [...]   weights of the lexicon

What is slow on a busy machine may be fast on an idle one: read the load average and the processor time, too.
"""

import runpy
import sys

from benchmarks import pushes, start

OWN = {"start": start.main, "pushes": pushes.main}
OTHERS = ("replay", "nlp_fit")


def main(arguments: list[str]) -> None:
    """Run what is named, or everything that needs no data."""
    name = arguments[0] if arguments else ""
    if name in OTHERS:
        sys.argv = arguments
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    elif name and name not in OWN:
        raise SystemExit(__doc__)
    else:
        for measure in [OWN[name]] if name else OWN.values():
            measure()


if __name__ == "__main__":
    main(sys.argv[1:])
