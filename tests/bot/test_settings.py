from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.settings import DEFAULT_CONFIG, BadSettings, Settings, load
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import DESK
from tests.clock import TUESDAY_MORNING
from tests.handlers.rules.worlds import tree

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def written(folder: Path, content: dict[str, Any] | str | bytes) -> Path:
    text = yaml.safe_dump(content, allow_unicode=True) if isinstance(content, dict) else content
    file = folder / "config.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def refusal(config: Path | None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(BadSettings) as refused:
        load(config, environ or {})
    return str(refused.value)


def refused_content(folder: Path, **sections: Any) -> str:
    return refusal(written(folder, {"zone": tree(), **sections}))


@pytest.fixture(scope="module")
def shipped() -> Settings:
    return load(None, {})


def test_the_shipped_configuration_serves_one_machine(shipped: Settings) -> None:
    assert (shipped.server.host, shipped.server.port) == ("127.0.0.1", 8080)
    assert shipped.database.url == "sqlite:///var/jiesu.db"
    assert shipped.archive.url.startswith("file:///")
    assert shipped.wechat.mode == "plain"
    assert not shipped.simulator.enabled


def test_the_shipped_zone_is_hengyang_high_tech(shipped: Settings) -> None:
    zone = shipped.zone

    assert [office.name for office in zone.own_offices] == ["华兴街道"]
    assert len(zone.office("430476001").communities) == 18
    assert {district.name for district in zone.districts if not district.ours} == {
        "蒸湘区",
        "石鼓区",
        "雁峰区",
        "珠晖区",
        "松木经开区",
    }
    assert all(code.startswith(office.code) for office in zone.offices for code in office.communities)
    assert all(
        office.code.startswith(district.code) for district in zone.districts for office in district.offices
    )


def test_every_category_of_the_shipped_zone_can_be_asked_for_worked_and_rectified(shipped: Settings) -> None:
    categories = shipped.zone.categories

    assert set(categories) == {
        "oil_fume",
        "dust",
        "black_water",
        "sewage",
        "waste_gas",
        "coal_smoke",
        "open_burning",
        "fireworks",
        "noise",
        "livestock",
        "garbage",
        "city_order",
        "none",
    }
    for category in categories.values():
        assert category.what_example
        assert category.where_example
        assert category.outcome("rectified")
        assert category.limits.urgent_resolve_days <= category.limits.resolve_days
        assert category.limits.reopened_resolve_days <= category.limits.resolve_days


def test_no_law_of_the_shipped_zone_outlives_its_repeal(shipped: Settings) -> None:
    laws = [law for category in shipped.zone.categories.values() for law in category.legal]

    assert all(
        law.valid_to and str(law.valid_to) == "2026-08-14" for law in laws if law.law == "大气污染防治法"
    )
    assert all(str(law.valid_from) == "2026-08-15" for law in laws if law.law == "生态环境法典")


def test_the_shipped_calendar_opens_on_a_tuesday_morning(shipped: Settings) -> None:
    calendar = WorkingCalendar(shipped.zone.calendar, shipped.zone.timezone)

    assert calendar.is_open(TUESDAY_MORNING)


def test_variables_override_the_file_down_to_single_limits() -> None:
    settings = load(
        None,
        {
            "BOT_SERVER__PORT": "9000",
            "BOT_DATABASE__URL": "postgresql+psycopg://jiesu:secret@db/jiesu",
            "BOT_ZONE__LIMITS__NEAREST_KM": "2.5",
            "BOT_ZONE__CATEGORIES__DUST__LIMITS__RESOLVE_DAYS": "4",
            "BOT_WECOM__ROBOTS__HUAXING": "robot-key",
            "BOT_WECHAT__TEMPLATES__PROGRESS": "template-id",
            "BOT_WECHAT__TEMPLATE_FIELDS__PROGRESS": '{"thing3": "note"}',
            "BOT_WECHAT__PREVIOUS_ENCODING_AES_KEYS": f'["{AES_KEY}"]',
            "BOT_LOG__LEVEL": "",
            "PATH": "/bin",
        },
    )

    assert settings.server.port == 9000
    assert settings.zone.limits.nearest_km == 2.5
    assert settings.zone.categories["dust"].limits.resolve_days == 4
    assert settings.zone.categories["dust"].name == "扬尘"
    assert settings.wecom.robots["huaxing"].get_secret_value() == "robot-key"
    assert settings.wechat.templates == {"progress": "template-id"}
    assert settings.wechat.previous_encoding_aes_keys == (SecretStr(AES_KEY),)
    assert settings.log.level == "info"
    assert settings.robots_without_key == ("desk",)


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({}, "plain"),
        ({"BOT_WECHAT__ENCODING_AES_KEY": AES_KEY}, "safe"),
        ({"BOT_WECHAT__ENCODING_AES_KEY": AES_KEY, "BOT_WECHAT__MODE": "compatible"}, "compatible"),
        ({"BOT_WECHAT__ENCODING_AES_KEY": AES_KEY, "BOT_WECHAT__MODE": "plain"}, "plain"),
    ],
)
def test_messages_are_safe_where_a_key_is_set(environ: dict[str, str], mode: str) -> None:
    assert load(None, environ).wechat.mode == mode


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({"BOT_SERVER__PORT": "eighty"}, "BOT_SERVER__PORT: Input should be a valid integer"),
        ({"BOT_SERVER__PORT": "70000"}, "BOT_SERVER__PORT: Input should be less than or equal to 65535"),
        ({"BOT_COLOUR": "red"}, "BOT_COLOUR: unknown setting"),
        ({"BOT_SERVER__COLOUR": "red"}, "BOT_SERVER__COLOUR: unknown setting"),
        ({"bot_server__colour": "red"}, "bot_server__colour: unknown setting"),
        ({"BOT_ZONE__DISTRICTS": "[{"}, "BOT_ZONE__DISTRICTS: is not the JSON it should be"),
        ({"BOT_ZONE__TIMEZONE": "Mars/Olympus"}, "BOT_ZONE__TIMEZONE: no time zone is called"),
        ({"BOT_ZONE__CALENDAR__QUIET__START": "25:00"}, "BOT_ZONE__CALENDAR__QUIET__START: "),
        ({"BOT_WECHAT__MODE": "safe"}, "BOT_WECHAT__MODE: safe needs wechat.encoding_aes_key"),
        ({"BOT_WECHAT__MODE": "open"}, "BOT_WECHAT__MODE: Input should be 'plain', 'compatible' or 'safe'"),
        ({"BOT_WECHAT__ENCODING_AES_KEY": "short"}, "BOT_WECHAT__ENCODING_AES_KEY: must have 43 characters"),
        (
            {"BOT_WECHAT__ENCODING_AES_KEY": "!" * 43},
            "BOT_WECHAT__ENCODING_AES_KEY: must have 43 characters, letters and digits",
        ),
        (
            {"BOT_WECHAT__TEMPLATES__RESOLVED": "template-id"},
            "BOT_WECHAT__TEMPLATES__RESOLVED: is never sent",
        ),
        (
            {"BOT_WECHAT__PREVIOUS_ENCODING_AES_KEYS": '["short"]'},
            "BOT_WECHAT__PREVIOUS_ENCODING_AES_KEYS: must have 43 characters",
        ),
        ({"BOT_WECHAT": "5"}, "BOT_WECHAT: Input should be a valid dictionary"),
        ({"BOT_DATABASE__URL": "mysql://x"}, "BOT_DATABASE__URL: String should match"),
        (
            {"BOT_SIMULATOR__ENABLED": "true", "BOT_WECHAT__SECRET": "real"},
            "BOT_SIMULATOR__ENABLED: refused while a real wechat.secret is set",
        ),
    ],
)
def test_a_bad_variable_is_named_in_one_line(environ: dict[str, str], line: str) -> None:
    told = refusal(None, environ)

    assert told.startswith(line)
    assert "\n" not in told


def test_a_bad_secret_is_named_but_not_shown() -> None:
    assert "hunter2" not in refusal(None, {"BOT_WECHAT__ENCODING_AES_KEY": "hunter2"})


@pytest.mark.parametrize(
    ("sections", "line"),
    [
        ({"server": {"port": "x"}}, "config.yaml: server.port: Input should be a valid integer"),
        ({"server": {"prot": 1}}, "config.yaml: server.prot: unknown setting"),
        ({"sever": {}}, "config.yaml: sever: unknown setting"),
        ({"server": None}, "config.yaml: server: Input should be a valid dictionary"),
        ({"wechat": None}, "config.yaml: wechat: Input should be a valid dictionary"),
        ({"zone": {}}, "config.yaml: zone.name: is missing (and 4 more)"),
    ],
)
def test_a_bad_key_of_the_file_is_named_in_one_line(
    tmp_path: Path, sections: dict[str, Any], line: str
) -> None:
    assert refused_content(tmp_path, **sections).startswith(line)


def test_an_office_without_communities_stops_the_start_with_its_key(tmp_path: Path) -> None:
    zone = tree()
    zone["districts"][1]["offices"][0]["communities"] = {}

    told = refused_content(tmp_path, zone=zone)

    assert told == (
        "config.yaml: zone.districts[1].offices[0].communities: 南街道 needs at least one community"
    )


def test_a_category_without_departments_stops_the_start_with_its_key(tmp_path: Path) -> None:
    zone = tree()
    del zone["categories"]["dust"]["departments"]

    assert refused_content(tmp_path, zone=zone) == "config.yaml: zone.categories.dust.departments: is missing"


def test_a_file_without_a_zone_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "")) == "config.yaml: zone: is missing"


@pytest.mark.parametrize(
    ("section", "key", "variable"),
    [
        ("wechat", {"token": "t"}, "BOT_WECHAT__TOKEN"),
        ("wechat", {"secret": "s"}, "BOT_WECHAT__SECRET"),
        ("wechat", {"encoding_aes_key": AES_KEY}, "BOT_WECHAT__ENCODING_AES_KEY"),
        ("wechat", {"previous_encoding_aes_keys": []}, "BOT_WECHAT__PREVIOUS_ENCODING_AES_KEYS"),
        ("wecom", {"robots": {"desk": "k"}}, "BOT_WECOM__ROBOTS"),
        ("database", {"url": "postgresql://u:p@db/jiesu"}, "BOT_DATABASE__URL"),
    ],
)
def test_a_secret_in_the_file_stops_the_start(
    tmp_path: Path, section: str, key: dict[str, Any], variable: str
) -> None:
    told = refused_content(tmp_path, **{section: key})

    assert told == (
        f"config.yaml: {section}.{next(iter(key))}: is a secret; set {variable} in the environment instead"
    )


def test_a_url_without_a_password_may_stand_in_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, {"zone": tree(), "database": {"url": "postgresql://jiesu@db/jiesu"}})

    assert load(file, {}).database.url == "postgresql://jiesu@db/jiesu"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("server: [", "config.yaml: line 1: "),
        ("- server", "config.yaml: must be a mapping of sections"),
        ("server: {port: 1}\nserver: {port: 2}", "config.yaml: line 2: server is given twice"),
        (b"\xff\xfe\x00", "config.yaml"),
        (b"name: \xe9", "config.yaml"),
        ("a: \x00", "config.yaml: "),
        ("a: 2026-13-01", "config.yaml: month must be in 1..12"),
        ("1: x", "config.yaml: "),
        ("? [a]\n: b", "config.yaml: line 1: "),
        ("[" * 2000, "config.yaml: "),
        ("a: &a [*a]", "config.yaml: "),
        ("a: !!python/object/apply:os.system [true]", "config.yaml: line 1: "),
    ],
)
def test_an_unreadable_file_is_told_in_one_line(tmp_path: Path, content: str | bytes, line: str) -> None:
    told = refusal(written(tmp_path, content))

    assert line in told
    assert "\n" not in told


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.yaml").endswith("nowhere.yaml: No such file or directory")


@given(st.text(max_size=40))
def test_whatever_stands_in_the_file_is_told_in_one_line(tmp_path_factory: Any, content: str) -> None:
    file = written(tmp_path_factory.mktemp("any"), content.encode("utf-8", "surrogatepass"))

    assert "\n" not in refusal(file)


def test_settings_do_not_show_secrets_and_do_not_change() -> None:
    settings = load(
        None, {"BOT_WECHAT__TOKEN": "hunter2", "BOT_DATABASE__URL": "postgresql://u:hunter2@db/x"}
    )

    assert "hunter2" not in repr(settings)
    with pytest.raises(ValueError, match="frozen"):
        settings.server.port = 1


def test_stray_variables_of_the_process_do_not_get_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER", '{"port": 1}')
    monkeypatch.setenv("BOT_SERVER__PORT", "2")

    assert load(None, {}).server.port == 8080


def test_the_delivery_section_says_how_long_to_wait() -> None:
    backoff = load(None, {"BOT_DELIVERY__TRIES": "3"}).delivery.backoff

    assert (backoff.tries, backoff.first, backoff.cap) == (3, timedelta(seconds=30), timedelta(hours=2))


def test_the_desk_owns_what_has_no_place(shipped: Settings) -> None:
    assert shipped.zone.owner_name(DESK) == "高新区环保督察办（创卫办）"
    assert DEFAULT_CONFIG.name == "config.yaml"
