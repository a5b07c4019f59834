"""What the operator sees of the service: health, figures, logs, and the command line."""

import json

import pytest

from tests.acceptance.configuration import ACCOUNT, OFFICE, SECRET
from tests.acceptance.desk import Desk
from tests.acceptance.service import Service
from tests.acceptance.test_casework import filed
from tests.acceptance.test_reports import COMPLETE
from tests.acceptance.wire import Push

INTENTS = {
    *("report", "progress", "supplement", "urge", "withdraw", "rate", "human", "help", "greeting"),
    *("privacy", "emergency", "not_ours", "correction", "thanks", "unclear"),
}
LINES = {
    "1": "富民花苑3栋楼下烧烤店油烟太大，熏得没法开窗",
    "2": "进度",
    "3": "祥光社区旁边的工地不洒水，灰尘满天飞",
    "4": "你好",
}


def test_health_is_told(service: Service) -> None:
    healthy, ready = service.get("/healthz"), service.get("/readyz")

    assert (healthy.status, healthy.json()["status"]) == (200, "ok")
    assert (ready.status, ready.json()["status"]) == (200, "ready")
    assert all(ready.json()["checks"].values())


def test_figures_are_told_for_prometheus(service: Service) -> None:
    service.resident().writes("你好")
    service.push(Push("", b""))

    figures = service.get("/metrics").body

    assert 'jiesu_pushes_total{kind="text"}' in figures
    assert "jiesu_pushes_refused_total{" in figures
    assert "jiesu_reply_seconds_bucket{" in figures
    assert "jiesu_outbox_pending " in figures


def test_the_interface_is_described(service: Service) -> None:
    described = service.get("/api/openapi.json").json()

    assert described["openapi"].startswith("3.")
    assert "/api/v1/tickets" in json.dumps(described)


def test_without_the_simulator_there_is_no_simulator(service: Service) -> None:
    assert service.get("/simulator/").status == 404


def test_logs_hold_no_persons_no_words_and_no_secrets(service: Service, desk: Desk) -> None:
    resident, number = filed(service)
    service.push(Push(f"openid={resident.openid}", COMPLETE.encode()))
    with service.platform.down("busy"):
        desk.acts(number, "accept")
        service.platform.wait_for_calls(1)
    service.platform.told(resident.openid, 1)
    resident.sends("image", PicUrl="https://mmbiz.qpic.cn/x", MediaId="gone")

    log = service.log.read_text("utf-8")

    entries = [json.loads(line) for line in log.splitlines()]
    assert any(entry["event"] == "push_refused" for entry in entries)
    told = service.spoken | {SECRET, ACCOUNT.token, ACCOUNT.key, "platform-token"}
    assert [words for words in told if len(words.strip()) > 3 and words.strip() in log] == []
    assert "Traceback" not in log


def test_check_finds_nothing_wrong(service: Service) -> None:
    found = service.run("check")

    assert found.returncode == 0, found.stdout
    assert "platform gave a token" in found.stdout


def test_check_says_what_the_platform_said(on_sqlite: Service) -> None:
    found = on_sqlite.run("check", BOT_WECHAT__API_BASE_URL="http://127.0.0.1:9")

    assert found.returncode == 1
    assert "wechat" in found.stdout
    assert SECRET not in found.stdout + found.stderr


def test_why_the_platform_took_no_menu_is_told(on_sqlite: Service) -> None:
    refused = on_sqlite.run("menu", "push")

    assert refused.returncode != 0
    assert len(refused.stderr.splitlines()) == 1
    assert "43003" in refused.stderr


def test_texts_are_classified_line_by_line(on_sqlite: Service) -> None:
    asked = "".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in LINES.items())

    done = on_sqlite.run("classify", stdin=asked)

    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in found] == list(LINES)
    for each in found:
        assert set(each) == {"id", "intent", "primary", "also", "places", "office", "why"}
        assert each["intent"] in INTENTS
    fume, progress, dust, hello = found
    assert (fume["intent"], fume["primary"], fume["office"]) == ("report", "oil_fume", "华兴街道")
    assert "油烟" in "".join(fume["why"])
    assert any("富民花苑" in place for place in fume["places"])
    assert (progress["intent"], hello["intent"]) == ("progress", "greeting")
    assert (dust["primary"], dust["office"]) == ("dust", "华兴街道")


def test_a_bad_line_is_named(on_sqlite: Service) -> None:
    done = on_sqlite.run("classify", stdin='{"id": 1, "text": "你好"}\nnot json\n')

    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert "line 2" in done.stderr


@pytest.mark.parametrize("office", [OFFICE, "000000000"])
def test_an_account_that_cannot_be_is_refused_in_one_line_that_names_the_field(
    on_sqlite: Service, office: str
) -> None:
    unit = ("--role", "leader", "--office", office)

    refused = on_sqlite.run("user", "add", "somebody", *unit, "--password-stdin", stdin="long enough a word")

    assert refused.returncode != 0
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stderr.startswith("office")
