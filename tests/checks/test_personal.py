"""Personal data by their check digits, and never shown in full."""

from builder import given_report

from linter.checks.personal import KIND, Parameters, card_number, identity_number, mask


def test_the_check_digit_and_the_day_decide_on_an_identity_number() -> None:
    assert identity_number("11010119900307651X")
    assert identity_number("11010119900307651x")
    assert not identity_number("110101199003076511")
    assert not identity_number("110101199013076519")
    assert not identity_number("990101199003076512")


def test_the_check_digit_decides_on_a_card() -> None:
    assert card_number("6222020000000000000")
    assert not card_number("6222020000000000001")


def test_what_is_found_is_masked_in_message_and_excerpt() -> None:
    report = given_report({"sections": {"applications": "申请人身份证号11010119900307651X。"}})
    (verdict,) = KIND.check(Parameters(("identity_number",)), report)
    assert "199003" not in str(verdict)
    assert mask("张三丰") == "张**"
