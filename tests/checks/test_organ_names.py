"""Names that may be one organ's, and names that cannot."""

import pytest

from linter.checks.organ_names import foreign, parts_of

SAME = [
    ("青禾县自然资源局", "县自然资源局"),
    ("青禾县自然资源局", "青禾县自然资源和规划局"),
    ("青禾县发展和改革委员会", "县发改委"),
    ("青禾县人力资源和社会保障局", "县人社局"),
    ("青禾县医疗保障局", "县医保局"),
    ("青禾县市场监督管理局", "青禾县市监局"),
    ("蓝海市青禾区教育局", "青禾区教育局"),
    ("青禾县教育局", "蓝海市教育局"),
    ("青禾县教育局", "青禾县招生考试中心"),
    ("青禾县教育局", "青禾县人民政府"),
    ("青禾县教育局", "青禾县人民政府办公室"),
    ("国家税务总局青禾县税务局", "青禾县税务局"),
    ("青禾县人民政府", "青禾县"),
    ("青禾县人民政府", "蓝海市人民政府"),
    ("青禾县人民政府办公室", "青禾县政府办公室"),
    ("青禾县白石镇人民政府", "白石镇"),
    ("青禾县白石镇人民政府", "青禾县人民政府"),
    ("青禾区白石街道办事处", "白石街道"),
    ("青禾县白石镇人民政府", "白石乡人民政府"),
]
OTHER = [
    ("青禾县自然资源局", "青禾县财政局"),
    ("青禾县自然资源局", "绿水县自然资源局"),
    ("青禾县教育局", "县卫生健康局"),
    ("青禾县人民政府", "绿水县"),
    ("蓝海市青禾区人民政府", "蓝海市绿水区人民政府"),
    ("青禾县人民政府办公室", "绿水县人民政府办公室"),
    ("青禾县白石镇人民政府", "绿水镇"),
    ("青禾区白石街道办事处", "绿水街道"),
]


@pytest.mark.parametrize(("own", "other"), SAME)
def test_names_that_may_be_of_one_house_are_not_foreign(own: str, other: str) -> None:
    assert not foreign(own, other)


@pytest.mark.parametrize(("own", "other"), OTHER)
def test_another_organ_of_the_same_sort_is_foreign(own: str, other: str) -> None:
    assert foreign(own, other)


def test_two_plates_of_one_organ_are_akin() -> None:
    assert foreign("青禾县自然资源局", "青禾县林业局")
    assert not foreign("青禾县自然资源局", "青禾县林业局", ["自然资源|林业"])


def test_a_name_falls_into_place_core_and_suffix() -> None:
    assert parts_of("蓝海市青禾区自然资源局") == ("青禾区", "自然资源", "局")
    assert parts_of("青禾县白石镇人民政府") == ("青禾县", "白石", "镇")
    assert parts_of("白石街道办事处") == ("", "白石", "街道")
