"""What the desk is told of the lexicon."""

from collections.abc import Sequence

_REASONS = (
    ("longer than", "文字太长"),
    ("nested too deep", "括号或缩进套得太深"),
    ("aliases", "不能用 YAML 的引用（*名称）"),
    ("not YAML", "格式不对，请检查括号、引号、冒号和缩进"),
    ("written twice", "同一个名称写了两次"),
    ("unknown section", "没有这一节"),
    ("unknown key", "没有这一项"),
    ("missing", "缺这一项"),
    ("must be two names of groups and a category", "搭配要写两个已有的词组和一个类别代码"),
    ("is not known", "词组或强度不存在"),
    ("no such group", "没有这个词组或搭配"),
    ("no such category", "没有这个类别"),
    ("give one to three numbers", "要写一到三个数"),
    ("must be a mapping", "要写成“名称: 内容”"),
    ("must be a list", "要写成列表，如 [词, 词]"),
    ("must be text", "要写成文字，数字和 yes/no 请加引号"),
    ("must be a number", "要写成数"),
    ("must lie between", "要在0和1之间"),
)


def told(error: str) -> str:
    """Say why a lexicon cannot be used, with the key as the file has it."""
    reason = next((words for sign, words in _REASONS if sign in error), "")
    return f"词库不能用：{reason}。（{error[:300]}）" if reason else f"词库不能用：{error[:300]}"


def misled(tickets: int, words: Sequence[tuple[str, int, str, str]], wordless: int) -> str:
    """Tell the desk of a week's corrected tickets: each word, how often, what it said and what was right."""
    lines = [f"最近一周有{tickets}件工单的类别被改正。"]
    lines += [f"“{word}”误判{times}件：判为{said}，应为{right}" for word, times, said, right in words]
    if wordless:
        lines.append(f"没有认出任何词的{wordless}件，可能要加词。")
    lines.append("详见控制台“词库—误判词”，可在草稿里改词、试跑后发布。")
    return "\n".join(lines)
