"""What a module may not do while it is loaded: open, connect, read settings, or begin to remember."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, modules

OPENERS = {
    *("create_engine", "Engine", "Session", "sessionmaker", "Database", "connect"),
    *("ClientSession", "Application", "WeChatClient", "WeComRobots", "AsyncClient"),
    *("load", "Settings", "BaseSettings", "getenv"),
    *("CollectorRegistry", "Counter", "Gauge", "Histogram", "Metrics"),
    *("Tokenizer", "Segmenter", "Analyser", "load_lexicon", "AsyncIOScheduler", "Scheduler"),
    *("ThreadPoolExecutor", "Lock", "Event", "Queue", "Semaphore", "Thread", "opened", "open"),
}
"""Whatever these make lives as long as something, and belongs to whoever closes it."""
CONTAINERS = {"dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict"}
LONGEST_FUNCTION_LINES = 40


def test_no_module_opens_anything_while_it_is_loaded() -> None:
    found = [
        f"{module.path}:{call.lineno} {_called(call)}()"
        for module in modules()
        for value in _assigned(module)
        for call in ast.walk(value)
        if isinstance(call, ast.Call) and _called(call) in OPENERS
    ]

    assert found == []


def test_no_module_remembers_anything() -> None:
    found = [
        f"{module.path}:{value.lineno}"
        for module in modules()
        for value in _assigned(module)
        if _empty_container(value)
    ]

    assert found == []


def test_no_function_changes_its_module() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Global)
    ]

    assert found == []


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules()
        if "/migrations/" not in module.path
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > LONGEST_FUNCTION_LINES
    ]

    assert found == []


def test_the_time_comes_in_through_one_door() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.path != "bot/clock.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and _reads_the_time(node)
    ]

    assert [place for place in found if not place.startswith("bot/scheduler.py")] == []


def _assigned(module: Module) -> Iterator[ast.expr]:
    """The values that are assigned at the module's top level."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield node.value


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _empty_container(value: ast.expr) -> bool:
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(args=[], keywords=[]):
            return _called(value) in CONTAINERS
    return False


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _reads_the_time(node: ast.Attribute) -> bool:
    match node:
        case ast.Attribute(attr="now" | "utcnow" | "today", value=ast.Name(id="datetime" | "date")):
            return True
        case ast.Attribute(attr="time", value=ast.Name(id="time")):
            return True
    return False
