"""Fit the lexicon's weights to labelled letters: `python -m benchmarks.nlp_fit --letters PATH [--write]`.

Words, groups and pairs are written by hand; only how loudly each speaks for a category is fitted, by
multinomial logistic regression with a quadratic penalty. The result is the last part of lexicon.yaml.
Needs numpy, which comes with shapely.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.nlp_letters import Letter, read_letters
from nlp.category import Categoriser, Sign, lead_end
from nlp.lexicon import Lexicon, Weight
from nlp.lexicon_file import PACKAGED, load_lexicon
from nlp.normalise import normalise
from nlp.segment import Segmenter
from nlp.words import WordFinder

PENALTY = 0.001
TITLE_SHARE = 0.5
"""A title alone counts half a letter: chat messages are as short."""
ROUNDS = 400
SMALLEST = 0.05
"""Weights nearer to zero than this are left out."""

Signs = list[Sign]


class Reader:
    """Turns texts into the signs that the lexicon sees in them."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = [word for group in lexicon.groups.values() for word in group]
        self._words = WordFinder(lexicon.groups, Segmenter(words))
        self._categories = Categoriser(lexicon)

    def signs(self, text: str) -> Signs:
        text = normalise(text)
        return self._categories.signs(text, self._words.find(text), lead_end(text))


@dataclass(frozen=True, slots=True)
class Example:
    letter: Letter
    full: Signs
    title: Signs | None


def examples(letters: Sequence[Letter], reader: Reader) -> list[Example]:
    return [Example(x, reader.signs(x.text), reader.signs(x.title) if x.title else None) for x in letters]


def fit(
    lexicon: Lexicon, train: Sequence[Example], penalty: float = PENALTY, title: float = TITLE_SHARE
) -> Lexicon:
    """The lexicon with weights, biases and thresholds that fit the examples."""
    rows = [(x.full, x.letter, 1.0) for x in train]
    rows += [(x.title, x.letter, title) for x in train if x.title is not None]
    codes = lexicon.codes
    columns = {
        key: n for n, key in enumerate(sorted({k for signs, _, _ in rows for s in signs for k in _keys(s)}))
    }
    matrix = np.zeros((len(rows), len(columns) + 1))
    matrix[:, -1] = 1
    for number, (signs, _, _) in enumerate(rows):
        for sign in signs:
            matrix[number, columns[f"a:{sign.key}"]] = sign.anywhere
            if sign.lead:
                matrix[number, columns[f"l:{sign.key}"]] = 1
    target = np.array([codes.index(letter.primary) for _, letter, _ in rows])
    found = _regress(matrix, target, np.array([weight for *_, weight in rows]), len(codes), penalty)
    fitted = _with_weights(lexicon, found, columns)
    return replace(fitted, also=_thresholds(fitted, train))


def _keys(sign: Sign) -> tuple[str, ...]:
    return (f"a:{sign.key}", f"l:{sign.key}") if sign.lead else (f"a:{sign.key}",)


def _regress(x: np.ndarray, y: np.ndarray, share: np.ndarray, count: int, penalty: float) -> np.ndarray:
    """Accelerated gradient descent (Nesterov) on the penalised log loss; the last column is the bias."""
    gold, total = np.eye(count)[y], share.sum()
    shrink = np.full((x.shape[1], 1), penalty)
    shrink[-1] = penalty / 100
    weighted = x * share[:, None]
    step = 1 / (0.5 * np.linalg.eigvalsh(weighted.T @ x / total)[-1] + penalty)
    here = ahead = np.zeros((x.shape[1], count))
    pace = 1.0
    for _ in range(ROUNDS):
        scores = x @ ahead
        scores = np.exp(scores - scores.max(1, keepdims=True))
        slope = weighted.T @ (scores / scores.sum(1, keepdims=True) - gold) / total + shrink * ahead
        after, faster = ahead - step * slope, (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = after + (pace - 1) / faster * (after - here)
        here, pace = after, faster
    return here


def _with_weights(lexicon: Lexicon, found: np.ndarray, columns: Mapping[str, int]) -> Lexicon:
    weights = {}
    for key in (*lexicon.groups, *(pair.key for pair in lexicon.pairs)):
        anywhere, lead = (columns.get(f"{place}:{key}") for place in "al")
        row = []
        for number, code in enumerate(lexicon.codes):
            a = round(float(found[anywhere, number]), 2) if anywhere is not None else 0.0
            b = round(float(found[lead, number]), 2) if lead is not None else 0.0
            if max(abs(a), abs(b)) >= SMALLEST:
                row.append(Weight(code, a, b))
        weights[key] = tuple(row)
    bias = {code: round(float(found[-1, number]), 2) for number, code in enumerate(lexicon.codes)}
    return replace(lexicon, weights=weights, bias=bias)


def scores(lexicon: Lexicon, signs: Signs) -> dict[str, float]:
    found = dict(lexicon.bias)
    for sign in signs:
        for code, anywhere, lead in lexicon.weights.get(sign.key, ()):
            found[code] += anywhere * sign.anywhere + (lead if sign.lead else 0.0)
    return found


def _thresholds(lexicon: Lexicon, train: Sequence[Example]) -> dict[str, float]:
    """For each category the lead over "none" from which it is told as a further one (best F1)."""
    table = [scores(lexicon, x.full) for x in train]
    found = {}
    for code in lexicon.categories:
        rows = []
        for row, x in zip(table, train, strict=True):
            primary = max(row, key=row.__getitem__)
            if primary != code:
                rows.append((row[code] - row["none"], code in x.letter.codes))
        found[code] = _best_cut(rows)
    return found


def _best_cut(rows: list[tuple[float, bool]]) -> float:
    rows.sort(reverse=True)
    positives = sum(gold for _, gold in rows)
    best, cut, hits = 0.0, 99.0, 0
    for number, (value, gold) in enumerate(rows, 1):
        hits += gold
        f1 = 2 * hits / (number + positives) if positives else 0
        if f1 > best:
            best, cut = f1, value - 0.01
    return round(cut, 2)


def write(lexicon: Lexicon, path: Path) -> None:
    """Replace the fitted part of the lexicon file, from the line "bias:" on."""
    kept = path.read_text(encoding="utf-8").split("\nbias:")[0]
    lines = [kept, f"bias: {_row(lexicon.bias)}", f"also: {_row(lexicon.also)}", "weights:"]
    for key, weights in lexicon.weights.items():
        if weights:
            cells = ", ".join(f"{code}: [{a:g}, {b:g}]" for code, a, b in weights)
            lines.append(f"  {key}: {{{cells}}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(values: Mapping[str, float]) -> str:
    return "{" + ", ".join(f"{code}: {value:g}" for code, value in values.items()) + "}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="replace the weights of the packaged lexicon")
    args = parser.parse_args()
    lexicon = load_lexicon()
    fitted = fit(lexicon, examples(read_letters(args.letters), Reader(lexicon)))
    if args.write:
        write(fitted, PACKAGED)
    print(f"{sum(map(len, fitted.weights.values()))} weights, also {dict(fitted.also)}")


if __name__ == "__main__":
    main()
