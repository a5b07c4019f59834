"""A lexicon small enough to be read at a glance."""

from functools import cache

from nlp.explaining import Explainer
from nlp.sheet import read_sheet

TEXT = """\
# 词库
version: "1"
ask_below: 0.5
near: 10
categories:
  oil_fume: 餐饮油烟   # 厨房
  noise: 噪声
negation: {before: [没有], after: [没有了]}
groups:
  # ---- 油烟 ----
  油烟: [油烟, 油烟味]  # 长词优先
  餐馆:
    - 餐馆
    - 烧烤店
  噪声: [
    噪音,   # 常用
    吵死人,
  ]
  无关词: [香烟]
speaks_for:
  oil_fume: {strong: [油烟], medium: [], weak: [餐馆]}
  noise:
    strong: [噪声]
strengths: {strong: [2, 1, 1], medium: [1, 0.5, 0.5], weak: [0.3, 0.1, 0.1], pair: [0.3, 0.3, 0.2]}
pairs:
  - [餐馆, 油烟, oil_fume]
bias: {none: 1}
also: {oil_fume: 1, noise: 1}
weights: {}
intents:
  thanks: {whole: [谢谢]}
signs: {night: [半夜]}
places: {suffixes: {road: [路]}, stops: 的, stop_words: [我们], generic: [小区], lookalikes: [[湘, 香]]}
"""


@cache
def explainer(text: str = TEXT) -> Explainer:
    """An explainer of such a text, made once: jieba's dictionary takes its time."""
    return Explainer(read_sheet(text))
