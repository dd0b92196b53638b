"""Invented organs in invented places."""

from __future__ import annotations

import random

from examples.generator.truth import ContactTruth, Organ, OrganKind, Rank

_COUNTIES = (
    ("云浦县", "yunpu"),
    ("青岚县", "qinglan"),
    ("望川县", "wangchuan"),
    ("石岭县", "shiling"),
    ("临沅区", "linyuan"),
    ("松洲区", "songzhou"),
    ("沐阳岭县", "muyangling"),
    ("白渡区", "baidu"),
    ("东麓县", "donglu"),
    ("禾丰县", "hefeng"),
)
_CITIES = (("澜江市", "lanjiang"), ("岱安市", "daian"), ("清河湾市", "qinghewan"), ("虞州市", "yuzhou"))
_TOWNS = ("柳坝", "双桥铺", "杏林", "古渡", "三岔河", "新塘", "桃源口", "石门坎")
_STREETS = ("文昌", "和平里", "滨湖", "北苑", "钟楼", "望江")
DEPARTMENTS = (
    "财政局",
    "教育局",
    "审计局",
    "市场监督管理局",
    "交通运输局",
    "卫生健康局",
    "农业农村局",
    "自然资源局",
    "民政局",
    "发展和改革局",
    "住房和城乡建设局",
    "文化和旅游局",
    "供销合作社联合社",
    "机关事务服务中心",
)
_OTHERS = ("经济开发区管理委员会", "高新技术产业园区管理委员会", "职业技术学院", "城市供水集团有限公司")
_ROADS = ("人民路", "建设大道", "朝阳街", "迎宾路", "文化街", "环城北路")


def make_organ(rng: random.Random, kind: OrganKind) -> Organ:
    """An organ of `kind`."""
    city = kind in {"government", "office"} and rng.random() < 0.3
    place, pinyin = rng.choice(_CITIES if city else _COUNTIES)
    unit = place[-1]
    rank: Rank = "city" if city else "county"
    if kind == "government":
        return Organ(f"{place}人民政府", kind, place, pinyin, f"{place}", f"全{unit}", rank)
    if kind == "office":
        name = f"{place}人民政府办公室"
        return Organ(name, kind, place, pinyin, "本办公室", f"全{unit}", rank)
    if kind == "department":
        name = f"{place}{rng.choice(DEPARTMENTS)}"
        return Organ(name, kind, place, pinyin, rng.choice(("本局", "我局")), f"全{unit}", rank)
    if kind == "township":
        form = rng.choice(("镇", "镇", "乡"))
        town = f"{rng.choice(_TOWNS)}{form}"
        return Organ(f"{place}{town}人民政府", kind, place, pinyin, f"本{form}", f"全{form}", "town")
    if kind == "subdistrict":
        street = f"{rng.choice(_STREETS)}街道"
        return Organ(f"{place}{street}办事处", kind, place, pinyin, "本街道", "辖区", "town")
    return Organ(f"{place}{rng.choice(_OTHERS)}", kind, place, pinyin, "本单位", f"全{unit}", rank)


def make_contact(rng: random.Random, organ: Organ) -> ContactTruth:
    """Contact items of `organ`; an e-mail address and a fax number only sometimes."""
    area = f"0{rng.randint(310, 998)}"
    phone = f"{area}-{rng.randint(2, 8)}{rng.randint(0, 999999):06d}"
    return ContactTruth(
        address=f"{organ.place}{rng.choice(_ROADS)}{rng.randint(1, 399)}号",
        postcode=f"{rng.randint(100, 850)}{rng.randint(0, 99):02d}0",
        phone=phone,
        email=f"xxgk{rng.randint(1, 99)}@{organ.pinyin}.example.cn" if rng.random() < 0.6 else None,
        fax=f"{area}-{rng.randint(2, 8)}{rng.randint(0, 999999):06d}" if rng.random() < 0.2 else None,
    )
