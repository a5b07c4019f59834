"""How well and how fast messages are understood: `python -m benchmarks.nlp --letters PATH [--score SCRIPT]`.

Weights are fitted on four fifths of the letters and judged on the last, near-duplicates kept together, so
that every figure is of letters that the weights have not seen. (The words themselves were chosen by people
who had read half of the development letters.) Speed is given beside jieba's on the same texts in one run.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.nlp_fit import Fitter, Reader, examples
from benchmarks.nlp_letters import FOLDS, Letter, folds, read_chats, read_letters
from nlp import Analyser, Analysis, Entry, Gazetteer, load_lexicon
from nlp.segment import Segmenter

GAZETTEER = 100_000
"""Names in the gazetteer while speed is measured."""
REPEATS = 5
LETTER_CHARS = (300, 460)
CHAT_CHARS = (14, 26)
WORST = 10


def judged(letters: Sequence[Letter]) -> tuple[list[Analysis], list[Analysis | None]]:
    """Each letter and each title as read with weights that were fitted without it."""
    lexicon, part = load_lexicon(), folds(list(letters))
    reader = Reader(lexicon)
    known, chats = examples(letters, reader), examples(read_chats(), reader)
    fitter = Fitter(lexicon, [*known, *chats])
    full: list[Analysis | None] = [None] * len(letters)
    titles: list[Analysis | None] = [None] * len(letters)
    for number in range(FOLDS):
        train = [x for x, p in zip(known, part, strict=True) if p != number]
        analyser = Analyser(fitter.fit([*train, *chats]), Gazetteer(()))
        for index, letter in enumerate(letters):
            if part[index] == number:
                full[index] = analyser.analyse(letter.text)
                titles[index] = analyser.analyse(letter.title) if letter.title else None
    return [found for found in full if found], titles


def figures(letters: Sequence[Letter], found: Sequence[Analysis]) -> dict[str, float]:
    """Accuracy, macro-F1 (classes with 8 letters or more), detection F1, multi-label F1."""
    per_class = classes(letters, found)
    detect, multi = [0, 0, 0], [0, 0, 0]
    for letter, analysis in zip(letters, found, strict=True):
        gold, told = letter.codes - {"none"}, {analysis.primary, *analysis.also} - {"none"}
        reported = analysis.primary != "none"
        detect[0] += bool(gold) and reported
        detect[1] += not gold and reported
        detect[2] += letter.primary != "none" and not reported
        multi[0] += len(gold & told)
        multi[1] += len(told - gold)
        multi[2] += len(gold - told)
    right = sum(x.primary == y.primary for x, y in zip(letters, found, strict=True))
    macro = [f1 for _, _, f1, support in per_class.values() if support >= 8]
    return {
        "accuracy": right / len(letters),
        "macro-F1": sum(macro) / len(macro),
        "detect-F1": _f1(*detect)[2],
        "multi-F1": _f1(*multi)[2],
    }


def classes(
    letters: Sequence[Letter], found: Sequence[Analysis]
) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and number of letters of each class."""
    pairs = Counter((x.primary, y.primary) for x, y in zip(letters, found, strict=True))
    table = {}
    for code in {gold for gold, _ in pairs}:
        hit = pairs[code, code]
        wrong = sum(n for (gold, told), n in pairs.items() if told == code != gold)
        missed = sum(n for (gold, told), n in pairs.items() if gold == code != told)
        table[code] = (*_f1(hit, wrong, missed), hit + missed)
    return table


def _f1(hit: int, wrong: int, missed: int) -> tuple[float, float, float]:
    precision = hit / (hit + wrong) if hit else 0.0
    recall = hit / (hit + missed) if hit else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def curve(letters: Sequence[Letter], found: Sequence[Analysis]) -> list[tuple[int, float, float]]:
    """(Share answered in %, accuracy on those, confidence from which they are answered)."""
    ranked = sorted(zip(letters, found, strict=True), key=lambda pair: -pair[1].confidence)
    rows = []
    for share in range(50, 101, 5):
        kept = ranked[: len(ranked) * share // 100]
        rows.append((share, sum(x.primary == y.primary for x, y in kept) / len(kept), kept[-1][1].confidence))
    return rows


def confusions(letters: Sequence[Letter], found: Sequence[Analysis]) -> list[tuple[str, str, list[str]]]:
    """The commonest wrong answers with the beginnings of their letters."""
    cases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for letter, analysis in zip(letters, found, strict=True):
        if letter.primary != analysis.primary:
            cases[letter.primary, analysis.primary].append(letter.text.splitlines()[0][:40])
    worst = sorted(cases.items(), key=lambda case: -len(case[1]))[:WORST]
    return [(gold, told, texts) for (gold, told), texts in worst]


def official(script: Path, letters: Path, found: Sequence[tuple[Letter, Analysis]]) -> str:
    """What the scoring script says of the predictions (places included)."""
    with tempfile.TemporaryDirectory() as folder:
        answers, labels = Path(folder, "found.jsonl"), Path(folder, "labels.jsonl")
        rows = [
            {"id": x.id, "primary": y.primary, "also": y.also, "places": [place.text for place in y.places]}
            for x, y in found
        ]
        answers.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        wanted = {x.id for x, _ in found}
        lines = letters.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.strip() and json.loads(line)["id"] in wanted]
        labels.write_text("\n".join(kept), encoding="utf-8")
        run = [sys.executable, str(script), str(labels), str(answers)]
        return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def names(count: int) -> list[Entry]:
    """Made-up estates, roads and villages: a gazetteer of a whole province."""
    pick = random.Random(1)
    signs = "山水花阳光金银华富民新东西南北中大兴福安平和胜利人建设解放五芙蓉湘雁峰石鼓珠晖蒸高"
    ends = ("花园", "小区", "家园", "路", "村", "市场", "大厦", "广场")
    made: set[str] = set()
    while len(made) < count:
        made.add("".join(pick.choices(signs, k=pick.randint(2, 4))) + pick.choice(ends))
    return [Entry(name, "estate", office="430476001") for name in sorted(made)]


def microseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Microseconds a text, the best of some runs."""
    best = float("inf")
    for _ in range(REPEATS):
        began = time.perf_counter()
        for text in texts:
            work(text)
        best = min(best, time.perf_counter() - began)
    return best / len(texts) * 1e6


def speed(letters: Sequence[Letter]) -> None:
    began = time.perf_counter()
    analyser = Analyser(load_lexicon(), Gazetteer(names(GAZETTEER)))
    print(f"\nspeed with {GAZETTEER:,} names (loaded in {time.perf_counter() - began:.1f} s)")
    segmenter = Segmenter()
    long = [x.text for x in letters if LETTER_CHARS[0] <= len(x.text) <= LETTER_CHARS[1]][:300]
    short = [x.title for x in letters if CHAT_CHARS[0] <= len(x.title) <= CHAT_CHARS[1]][:300]
    for kind, texts in (("letter", long), ("chat", short)):
        if texts:
            ours, theirs = microseconds(analyser.analyse, texts), microseconds(segmenter.cut, texts)
            size = sum(map(len, texts)) / len(texts)
            told = f"{ours:5.0f} µs, jieba {theirs:5.0f} µs, ratio {ours / theirs:.2f}"
            print(f"  {kind:7s} {size:4.0f} characters: {told}")
    for label, text in (
        ("1 MB of 河", "河" * 350_000),
        ("brackets", "（" * 100_000),
        ("emoji", "😡" * 100_000),
    ):
        print(f"  {label:12s} {microseconds(analyser.analyse, [text]) / 1000:6.1f} ms")
    for size in (250, 500, 1000, 2000, 4000):
        text = (long[0] * 20)[:size]
        print(f"  {size:5d} characters {microseconds(analyser.analyse, [text]) / size:5.2f} µs a character")


def report(letters: Sequence[Letter], path: Path, script: Path | None) -> None:
    full, by_title = judged(letters)
    titled = [(x, y) for x, y in zip(letters, by_title, strict=True) if y is not None]
    print(f"{len(letters)} letters, {FOLDS}-fold cross-validation over families of near-duplicates")
    for kind, told in (
        ("full", figures(letters, full)),
        ("titles", figures(*map(list, zip(*titled, strict=True)))),
    ):
        print(f"  {kind:7s}", "  ".join(f"{name} {value:.3f}" for name, value in told.items()))
    for code, (precision, recall, f1, support) in sorted(
        classes(letters, full).items(), key=lambda row: -row[1][3]
    ):
        print(f"  {code:13s} n={support:4d}  p={precision:.2f}  r={recall:.2f}  f1={f1:.2f}")
    print("\nanswered  accuracy  from confidence")
    for share, right, confidence in curve(letters, full):
        print(f"  {share:4d} %    {right:.3f}     {confidence:.2f}")
    print("\nworst confusions (label -> told)")
    for gold, wrong, texts in confusions(letters, full):
        print(f"  {gold} -> {wrong}: {len(texts)}, e.g. {' | '.join(texts[:2])}")
    if script:
        print("\n" + official(script, path, list(zip(letters, full, strict=True))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, required=True, help="labelled letters, JSON lines")
    parser.add_argument("--score", type=Path, help="scoring script to run as well")
    args = parser.parse_args()
    letters = read_letters(args.letters)
    report(letters, args.letters, args.score)
    speed(letters)


if __name__ == "__main__":
    main()
