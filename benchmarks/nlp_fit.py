"""Fit the lexicon's weights to labelled letters: `python -m benchmarks.nlp_fit --letters PATH [--write]`.

Words, groups and pairs are written by hand; only how loudly each speaks for a category is fitted, by
multinomial logistic regression with a quadratic penalty. The result is the last part of lexicon.yaml.
Needs numpy, which comes with shapely.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.nlp_letters import Letter, read_chats, read_letters
from nlp.category import Categoriser, Sign, lead_end
from nlp.lexicon import WORD, Lexicon, Weight
from nlp.lexicon_file import PACKAGED, load_lexicon
from nlp.normalise import normalise
from nlp.segment import Segmenter
from nlp.words import WordFinder

PENALTY = 0.002
TITLE_SHARE = 0.8
"""What a title alone counts beside its letter: chat messages are as short."""
ROUNDS = 250
SMALLEST = 0.05
"""Weights nearer to zero than this are left out."""
INNER_FOLDS = 3
WORD_SHARE = 0.7
"""How readily a word in the lead gets a weight of its own, beside its group's."""
SEEN = 10
"""Times that such a word must stand in the lead of a letter or in a title (mostly the same words)."""

PLACES = "alz"
"""Columns of a sign: anywhere, more in the lead, less far behind it."""
STEPS = 60

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


class Fitter:
    """Fits weights to examples, beginning from those that people gave (`speaks_for`)."""

    def __init__(self, lexicon: Lexicon, known: Sequence[Example]) -> None:
        self.lexicon, self.codes = lexicon, lexicon.codes
        signs = [sign for x in known for sign in (*x.full, *(x.title or ()))]
        counts = Counter(key for sign in signs for key in _keys(sign))
        keys = sorted(key for key, seen in counts.items() if WORD not in key or seen >= SEEN)
        self.columns = {key: number for number, key in enumerate(keys)}
        self.anywhere = np.array([key.startswith("a:") for key in keys] + [True], dtype=float)
        self.start = self._start()

    def fit(self, train: Sequence[Example]) -> Lexicon:
        """The lexicon with weights, biases and thresholds that fit the examples."""
        main, told = self._regress(train), self._tell(train)
        bias = {code: round(float(main[-1, number]), 2) for number, code in enumerate(self.codes)}
        weights = self._weights(main, told)
        return replace(self.lexicon, weights=weights, bias=bias, also=self._thresholds(train))

    def _start(self) -> np.ndarray:
        start = np.zeros((len(self.columns) + 1, len(self.codes)))
        for key, weights in self.lexicon.by_hand.items():
            for code, anywhere, lead, *_ in weights:
                for place, value in (("a", anywhere), ("l", lead)):
                    if f"{place}:{key}" in self.columns:
                        start[self.columns[f"{place}:{key}"], self.codes.index(code)] = value
        return start

    def _matrix(self, rows: Sequence[Signs]) -> np.ndarray:
        matrix = np.zeros((len(rows), len(self.columns) + 1))
        matrix[:, -1] = 1
        for number, signs in enumerate(rows):
            for sign in signs:
                for key, value in _keys(sign).items():
                    if key in self.columns:
                        matrix[number, self.columns[key]] = value
        return matrix

    def _regress(self, train: Sequence[Example]) -> np.ndarray:
        """Weights towards the main matter; the last row is the bias."""
        titled = [n for n, x in enumerate(train) if x.title is not None]
        x = self._matrix([x.full for x in train] + [train[n].title or [] for n in titled])
        codes = [self.codes.index(x.letter.primary) for x in train]
        gold = np.eye(len(self.codes))[codes + [codes[n] for n in titled]]
        share = np.repeat([1.0, TITLE_SHARE], [len(train), len(titled)])
        return _descend(x, gold, share, self.start, _softmax)

    def _tell(self, train: Sequence[Example]) -> np.ndarray:
        """Weights towards each matter's being told at all, wherever it stands; the last row is the bias."""
        x = self._matrix([x.full for x in train]) * self.anywhere
        gold = np.array([[code in x.letter.codes for code in self.codes] for x in train], dtype=float)
        return _descend(x, gold, np.ones(len(train)), self.start * self.anywhere[:, None] / 2, _sigmoid)

    def _weights(self, main: np.ndarray, told: np.ndarray) -> dict[str, tuple[Weight, ...]]:
        weights = dict(self.lexicon.by_hand)
        keys = dict.fromkeys([*weights, *self.lexicon.groups, *(key[2:] for key in self.columns)])
        for key in keys:
            if any(f"{place}:{key}" in self.columns for place in PLACES):
                share = WORD_SHARE if key.startswith(WORD) else 1.0
                rows = [self._told(main, f"{place}:{key}") * share for place in PLACES]
                rows.insert(2, self._told(told, f"a:{key}"))
                weights[key] = self._row(*(np.round(row, 2) for row in rows))
        return weights

    def _told(self, found: np.ndarray, column: str) -> np.ndarray:
        return found[self.columns[column]] if column in self.columns else np.zeros(len(self.codes))

    def _row(self, *numbers: np.ndarray) -> tuple[Weight, ...]:
        rows = (Weight(code, *map(float, row)) for code, *row in zip(self.codes, *numbers, strict=True))
        return tuple(weight for weight in rows if max(map(abs, weight[1:])) >= SMALLEST)

    def _thresholds(self, train: Sequence[Example]) -> dict[str, float]:
        """From which sum a category is told beside the main one: best F1 on letters not fitted to."""
        held_out = np.zeros((len(train), len(self.codes)))
        part = np.arange(len(train)) % INNER_FOLDS
        for number in range(INNER_FOLDS):
            found = self._tell([x for x, p in zip(train, part, strict=True) if p != number])
            rows = (
                self._matrix([x.full for x, p in zip(train, part, strict=True) if p == number])
                * self.anywhere
            )
            held_out[part == number] = rows @ found - found[-1]
        return {
            code: _best_cut(
                [(float(row[n]), code in x.letter.codes) for row, x in zip(held_out, train, strict=True)]
            )
            for n, code in enumerate(self.codes[:-1])
        }


Link = Callable[[np.ndarray], np.ndarray]


def _descend(x: np.ndarray, gold: np.ndarray, share: np.ndarray, start: np.ndarray, link: Link) -> np.ndarray:
    """Accelerated gradient descent (Nesterov) on the log loss, drawn towards the start."""
    shrink = np.full((x.shape[1], 1), PENALTY)
    shrink[-1] /= 100
    weighted, total = x * share[:, None], share.sum()
    step = 1 / (0.5 * _steepness(weighted.T @ x / total) + PENALTY)
    here = ahead = start
    pace = 1.0
    for _ in range(ROUNDS):
        slope = weighted.T @ (link(x @ ahead) - gold) / total + shrink * (ahead - start)
        after, faster = ahead - step * slope, (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = after + (pace - 1) / faster * (after - here)
        here, pace = after, faster
    return here


def _steepness(matrix: np.ndarray) -> float:
    """Slightly more than the largest eigenvalue."""
    vector = np.ones(len(matrix))
    for _ in range(STEPS):
        vector = matrix @ (vector / np.linalg.norm(vector))
    return float(np.linalg.norm(vector)) * 1.02


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))  # type: ignore[no-any-return]  # numpy's operators give Any


def _keys(sign: Sign) -> dict[str, float]:
    """The columns of a sign, and its value in each."""
    value = WORD_SHARE if sign.key.startswith(WORD) else 1.0
    keys = {f"a:{sign.key}": sign.anywhere} if sign.times else {}
    return keys | ({f"{PLACES[sign.place]}:{sign.key}": value} if sign.place else {})


def _softmax(scores: np.ndarray) -> np.ndarray:
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)  # type: ignore[no-any-return]  # numpy's operators give Any


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
        if weights and weights != lexicon.by_hand.get(key):
            cells = ", ".join(f"{code}: {_numbers(numbers)}" for code, *numbers in weights)
            lines.append(f"  {key}: {{{cells}}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _numbers(numbers: Sequence[float]) -> str:
    """What is written of a weight: no noughts at the end."""
    kept = list(numbers)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return f"[{', '.join(f'{number:g}' for number in kept)}]"


def _row(values: Mapping[str, float]) -> str:
    return "{" + ", ".join(f"{code}: {value:g}" for code, value in values.items()) + "}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="replace the weights of the packaged lexicon")
    args = parser.parse_args()
    lexicon = load_lexicon()
    known = examples([*read_letters(args.letters), *read_chats()], Reader(lexicon))
    fitted = Fitter(lexicon, known).fit(known)
    if args.write:
        write(fitted, PACKAGED)
    print(f"{sum(map(len, fitted.weights.values()))} weights, also {dict(fitted.also)}")


if __name__ == "__main__":
    main()
