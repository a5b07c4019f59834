import pytest

from bot.webhook import Refused
from bot.webhook.document import read
from bot.webhook.parse import parse
from handlers.residents.incoming import Datum, Incoming, Kind, Media, Point
from tests.bot.webhook.platform import ACCOUNT, NOW, OPENID, STAMP, event, message


def understood(xml: str) -> Incoming:
    return parse(read(xml.encode()), position_datum=Datum.WGS84)


def said(kind: str, inner: str = "", **rest) -> Incoming:
    return understood(message(kind, inner, **rest))


def happened(name: str, inner: str = "") -> Incoming:
    return understood(event(name, inner))


def test_a_text():
    incoming = said("text", "<Content><![CDATA[ 松木路扬尘 ]]></Content>")

    assert (incoming.kind, incoming.text, incoming.menu_id) == (Kind.TEXT, "松木路扬尘", "")
    assert incoming.key == "6054768590064713728"
    assert (incoming.openid, incoming.account, incoming.sent_at) == (OPENID, ACCOUNT, NOW)


def test_a_tapped_choice_of_a_menu_message_is_a_text_with_its_id():
    incoming = said("text", "<Content>满意</Content><bizmsgmenuid>101</bizmsgmenuid>")

    assert (incoming.kind, incoming.text, incoming.menu_id) == (Kind.TEXT, "满意", "101")


def test_a_photo_has_its_id_and_its_address():
    incoming = said("image", "<PicUrl>http://mmbiz.qpic.cn/a</PicUrl><MediaId>m1</MediaId>")

    assert incoming.kind is Kind.PHOTO
    assert incoming.media == (Media("m1", Kind.PHOTO, "http://mmbiz.qpic.cn/a"),)


@pytest.mark.parametrize(
    ("better", "taken"), [("", "m8k"), ("<MediaId16K/>", "m8k"), ("<MediaId16K>m16k</MediaId16K>", "m16k")]
)
def test_of_a_voice_note_the_better_recording_is_taken(better, taken):
    incoming = said("voice", f"<MediaId>m8k</MediaId><Format>amr</Format>{better}<Recognition/>")

    assert (incoming.kind, incoming.text) == (Kind.VOICE, "")
    assert incoming.media == (Media(taken, Kind.VOICE),)


def test_recognised_words_of_a_voice_note_are_its_text():
    assert said("voice", "<MediaId>m</MediaId><Recognition>有黑水</Recognition>").text == "有黑水"


@pytest.mark.parametrize("kind", ["video", "shortvideo"])
def test_a_video(kind):
    incoming = said(kind, "<MediaId>m1</MediaId><ThumbMediaId>t1</ThumbMediaId>")

    assert (incoming.kind, incoming.media) == (Kind.VIDEO, (Media("m1", Kind.VIDEO),))


def test_a_location_gives_latitude_as_x():
    degrees = "<Location_X>26.894</Location_X><Location_Y>112.613</Location_Y><Scale>16</Scale>"

    incoming = said("location", degrees + "<Label>富民花苑</Label>")

    assert incoming.kind is Kind.LOCATION
    assert incoming.point == Point(26.894, 112.613, Datum.GCJ02, "富民花苑")


def test_a_location_without_a_label():
    incoming = said("location", "<Location_X>26.894</Location_X><Location_Y>112.613</Location_Y><Label/>")

    assert incoming.point == Point(26.894, 112.613, Datum.GCJ02, "")


def test_a_link_is_its_title_and_description():
    incoming = said("link", "<Title>通报</Title><Description>黑臭水体</Description><Url>https://a.cn/1</Url>")

    assert (incoming.kind, incoming.text) == (Kind.LINK, "通报\n黑臭水体")
    assert incoming.details == {"url": "https://a.cn/1"}


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("miniprogrampage", "<Title>t</Title>"),
        ("hologram", ""),
        ("text", "<Content/>"),
        ("text", "<Content><![CDATA[   ]]></Content>"),
        ("text", ""),
        ("text", "<Content><b>nested</b></Content>"),
        ("image", "<PicUrl>http://a</PicUrl>"),
        ("voice", ""),
        ("video", "<MediaId/>"),
        ("location", ""),
        ("location", "<Location_X>ninety</Location_X><Location_Y>1</Location_Y>"),
        ("location", "<Location_X>nan</Location_X><Location_Y>1</Location_Y>"),
        ("location", "<Location_X>91</Location_X><Location_Y>1</Location_Y>"),
        ("location", "<Location_X>9</Location_X><Location_Y>181</Location_Y>"),
        ("location", f"<Location_X>{'9' * 400}</Location_X><Location_Y>1</Location_Y>"),
    ],
)
def test_what_is_unknown_or_lacks_its_content_is_of_no_use(kind, inner):
    incoming = said(kind, inner)

    assert incoming.kind is Kind.OTHER
    assert incoming.details == {"type": kind}


def test_a_repeated_element_counts_once():
    assert said("text", "<Content>一</Content><Content>二</Content>").text == "一"


def test_an_element_with_attributes_keeps_its_text():
    assert said("text", '<Content lang="zh">一</Content>').text == "一"


def test_a_message_without_its_number_has_a_key_of_its_content():
    bare = message("text", "<Content>a</Content>").replace("<MsgId>6054768590064713728</MsgId>", "")

    assert understood(bare).key == understood(bare).key
    assert understood(bare).key != understood(bare.replace(">a<", ">b<")).key
    assert OPENID not in understood(bare).key


def test_a_number_beyond_64_bits_is_no_message_number():
    assert said("text", "<Content>a</Content>", number="9" * 5000).key != "9" * 5000


@pytest.mark.parametrize(
    ("inner", "scene"),
    [
        ("", ""),
        ("<EventKey/>", ""),
        ("<EventKey>qrscene_e:17:2</EventKey><Ticket>t</Ticket>", "e:17:2"),
        ("<EventKey>last_trade_no_4200</EventKey>", ""),
    ],
)
def test_a_follow_carries_the_scene_of_a_poster_only(inner, scene):
    incoming = happened("subscribe", inner)

    assert (incoming.kind, incoming.event_key, incoming.event) == (Kind.FOLLOW, scene, "subscribe")


@pytest.mark.parametrize(
    ("name", "inner", "kind", "key"),
    [
        ("unsubscribe", "<EventKey/>", Kind.UNFOLLOW, ""),
        ("SCAN", "<EventKey>e:17:2</EventKey><Ticket>t</Ticket>", Kind.SCAN, "e:17:2"),
        ("CLICK", "<EventKey>progress</EventKey>", Kind.MENU, "progress"),
        ("VIEW", "<EventKey>https://a.cn</EventKey><MenuId>1</MenuId>", Kind.OTHER, "https://a.cn"),
        ("view_miniprogram", "<EventKey>pages/a</EventKey>", Kind.OTHER, "pages/a"),
        (
            "scancode_waitmsg",
            "<EventKey>b1</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>e:1</ScanResult></ScanCodeInfo>",
            Kind.SCAN,
            "e:1",
        ),
        ("scancode_push", "<EventKey>b1</EventKey>", Kind.SCAN, ""),
        ("pic_sysphoto", "<EventKey>b2</EventKey>", Kind.OTHER, "b2"),
        ("pic_weixin", "<SendPicsInfo><Count>2</Count></SendPicsInfo>", Kind.OTHER, ""),
        (
            "location_select",
            "<EventKey>b3</EventKey><SendLocationInfo><Location_X>26</Location_X></SendLocationInfo>",
            Kind.OTHER,
            "b3",
        ),
        ("location_select", "", Kind.OTHER, ""),
        ("kf_create_session", "<KfAccount>a@b</KfAccount>", Kind.OTHER, ""),
        ("user_info_modified", "<OpenID>o2</OpenID>", Kind.OTHER, ""),
        ("PUBLISHJOBFINISH", "", Kind.OTHER, ""),
        ("", "", Kind.OTHER, ""),
    ],
)
def test_an_event_becomes_its_kind(name, inner, kind, key):
    incoming = happened(name, inner)

    assert (incoming.kind, incoming.event_key, incoming.event) == (kind, key, name.lower())


def test_a_position_is_kept_with_the_datum_of_the_setting():
    inner = "<Latitude>26.89</Latitude><Longitude>112.61</Longitude><Precision>65.0</Precision>"

    incoming = happened("LOCATION", inner)

    assert (incoming.kind, incoming.point) == (Kind.POSITION, Point(26.89, 112.61, Datum.WGS84))
    assert incoming.details == {"precision_metres": "65.0"}


def test_a_position_off_the_globe_is_of_no_use():
    assert happened("LOCATION", "<Latitude>x</Latitude><Longitude>1</Longitude>").kind is Kind.OTHER


@pytest.mark.parametrize(
    ("status", "read_as"),
    [
        ("success", "success"),
        ("SUCCESS", "success"),
        ("failed:user block", "user_block"),
        ("failed: User Block", "user_block"),
        ("failed: system failed", "system_failed"),
        ("failed:system failed", "system_failed"),
        ("", "system_failed"),
    ],
)
@pytest.mark.parametrize("name", ["TEMPLATESENDJOBFINISH", "templatesendjobfinish"])
def test_a_receipt_says_which_message_and_how_it_went(name, status, read_as):
    incoming = happened(name, f"<MsgID>200163836</MsgID><Status>{status}</Status>")

    assert incoming.kind is Kind.RECEIPT
    assert incoming.details == {"msg_id": "200163836", "status": read_as}


def test_a_receipt_of_nothing_is_of_no_use():
    assert happened("TEMPLATESENDJOBFINISH", "<Status>success</Status>").kind is Kind.OTHER


def sent_event(*entries: str) -> Incoming:
    lists = "".join(f"<List>{entry}</List>" for entry in entries)
    return happened("subscribe_msg_sent_event", f"<SubscribeMsgSentEvent>{lists}</SubscribeMsgSentEvent>")


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("<MsgID>17</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus>", "success"),
        ("<MsgID>17</MsgID><ErrorCode>7</ErrorCode><ErrorStatus>user blocked</ErrorStatus>", "user_block"),
        ("<MsgID>17</MsgID>", "system_failed"),
    ],
)
def test_a_sent_subscription_message_is_a_receipt(entry, status):
    incoming = sent_event(entry)

    assert (incoming.kind, incoming.details) == (Kind.RECEIPT, {"msg_id": "17", "status": status})


def test_of_several_sent_entries_the_first_with_a_number_counts():
    incoming = sent_event("<TemplateId>t</TemplateId>", "<MsgID>18</MsgID><ErrorCode>0</ErrorCode>")

    assert incoming.details["msg_id"] == "18"


def test_a_sent_event_without_a_number_is_of_no_use():
    assert sent_event("<TemplateId>t</TemplateId>").kind is Kind.OTHER
    assert sent_event().kind is Kind.OTHER


@pytest.mark.parametrize("wrapper", ["SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent"])
def test_choices_about_subscriptions_are_kept_under_either_name_and_in_any_number(wrapper):
    def entry(template: str, status: str) -> str:
        choice = f"<SubscribeStatusString>{status}</SubscribeStatusString>"
        return f"<List><TemplateId>{template}</TemplateId>{choice}</List>"

    several = entry("t1", "accept") + entry("t2", "reject") + entry("t3", "accept")
    incoming = happened("subscribe_msg_popup_event", f"<{wrapper}>{several}</{wrapper}>")
    single = happened("subscribe_msg_change_event", f"<{wrapper}>{entry('t1', 'reject')}</{wrapper}>")

    assert (incoming.kind, incoming.details) == (Kind.OTHER, {"accepted": "t1,t3", "refused": "t2"})
    assert single.details == {"refused": "t1"}


def test_the_end_of_a_mass_sending_keeps_its_figures():
    inner = "<MsgID>9</MsgID><Status>send success</Status><SentCount>75</SentCount><ErrorCount>5</ErrorCount>"

    incoming = happened("MASSSENDJOBFINISH", inner)

    assert incoming.kind is Kind.OTHER
    assert incoming.details == {"msg_id": "9", "status": "send success", "sent": "75", "failed": "5"}


@pytest.mark.parametrize("name", ["user_authorization_revoke", "user_authorization_cancellation"])
def test_withdrawn_consent_names_the_person_not_the_sender(name):
    incoming = happened(name, "<OpenID>oPerson</OpenID><RevokeInfo>301</RevokeInfo>")

    assert (incoming.kind, incoming.openid) == (Kind.ERASE, "oPerson")
    assert incoming.details == {"revoke_info": "301"}


def test_withdrawn_consent_without_a_name_is_the_senders():
    assert happened("user_authorization_revoke").openid == OPENID


@pytest.mark.parametrize(
    "name",
    [
        "annual_renew",
        "verify_expired",
        "qualification_verify_success",
        "qualification_verify_fail",
        "naming_verify_success",
        "naming_verify_fail",
    ],
)
def test_news_of_the_account_are_for_the_operator(name):
    incoming = happened(name, "<ExpiredTime>1796169600</ExpiredTime><FailReason>材料</FailReason>")

    assert incoming.kind is Kind.ACCOUNT
    assert incoming.details == {"expired_time": "1796169600", "fail_reason": "材料"}


def test_events_differ_by_name_key_and_number_and_repeats_do_not():
    click = event("CLICK", "<EventKey>a</EventKey>")
    receipt = event("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status>success</Status>")
    pushes = [
        click,
        click.replace(">a<", ">b<"),
        event("SCAN", "<EventKey>a</EventKey>"),
        click.replace(STAMP, str(int(STAMP) + 1)),
        click.replace(OPENID, "oOther"),
        receipt,
        receipt.replace("<MsgID>1<", "<MsgID>2<"),
    ]

    keys = [understood(push).key for push in pushes]

    assert len(set(keys)) == len(pushes)
    assert keys == [understood(push).key for push in pushes]
    assert not any(OPENID in key for key in keys)


@pytest.mark.parametrize("name", ["ToUserName", "FromUserName", "CreateTime", "MsgType"])
@pytest.mark.parametrize("instead", ["", "<{0}/>", "<{0}><a>1</a></{0}>", "<{0}> </{0}>"])
def test_a_push_without_a_common_element_is_unreadable(name, instead):
    start, _, rest = message("text", "<Content>a</Content>").partition(f"<{name}>")
    broken = start + instead.format(name) + rest.partition(f"</{name}>")[2]

    with pytest.raises(Refused) as refused:
        understood(broken)

    assert (refused.value.status, refused.value.reason) == (400, "fields")


@pytest.mark.parametrize("stamp", ["-5", "soon", "9" * 18, "9" * 6000, "1e3"])
def test_a_time_out_of_the_calendar_is_unreadable(stamp):
    with pytest.raises(Refused):
        understood(message("text").replace(f"<CreateTime>{STAMP}<", f"<CreateTime>{stamp}<"))


def test_an_endless_name_is_unreadable():
    with pytest.raises(Refused):
        understood(message("text").replace(OPENID, "o" * 129))


ENTITY = '<!DOCTYPE xml [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "xml"),
        (b"success", "xml"),
        (b'{"MsgType": "text"}', "xml"),
        (b"<xml/>", "xml"),
        (b"<XML></XML>", "xml"),
        (b"<html></html>", "xml"),
        (b"<xml>", "xml"),
        (b"<xml></xml><xml></xml>", "xml"),
        (b"<xml><a>&#0;</a></xml>", "xml"),
        (b"<xml><a>\x01</a></xml>", "xml"),
        (b"<xml><a>&b;</a></xml>", "xml"),
        (f"{ENTITY}<xml>&a;</xml>".encode(), "xml"),
        (f"<?xml version='1.0'?>{ENTITY}<xml>&a;</xml>".encode(), "xml"),
        (b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml></xml>', "xml"),
        (b"<xml><!DOCTYPE xml></xml>", "xml"),
        (b"<!-- a --><xml></xml>", "xml"),
        ("<xml><a>油烟</a></xml>".encode("gbk"), "encoding"),
        ("<xml></xml>".encode("utf-16"), "encoding"),
        (b"\xff\xfe", "encoding"),
    ],
)
def test_what_is_no_plain_document_is_unreadable(body, reason):
    with pytest.raises(Refused) as refused:
        read(body)

    assert (refused.value.status, refused.value.reason) == (400, reason)


def test_a_declaration_and_a_byte_order_mark_are_allowed():
    body = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<A><![CDATA[油]]></A></xml>'

    assert read(body.encode()).text("A") == "油"


def test_a_declared_encoding_does_not_override_the_bytes():
    assert read('<?xml version="1.0" encoding="gbk"?><xml><A>油</A></xml>'.encode()).text("A") == "油"


def test_a_deep_document_is_read_like_any_other():
    deep = "<a>" * 4_000 + "</a>" * 4_000

    assert read(f"<xml>{deep}</xml>".encode()).text("a") == ""


@pytest.mark.parametrize("tags", ["<a/>" * 10_000, "<a>" * 100_000 + "</a>" * 100_000])
def test_a_flood_of_tags_is_unreadable(tags):
    with pytest.raises(Refused):
        read(f"<xml>{tags}</xml>".encode())
