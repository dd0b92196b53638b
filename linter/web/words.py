"""The fixed words of the page, in Chinese and English; those of an article are in linter/render/words.py."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from linter.render.words import words

_WORDS: dict[str, tuple[str, str]] = {
    "heading": ("政府信息公开工作年度报告检查", "Annual reports on government information disclosure"),
    "lead": (
        "发布之前先查一遍：放入报告，看问题在表格的哪一格，再下载带批注的原稿去改。",
        "Check before you publish: drop a report, see which cell is wrong, download the draft with comments.",
    ),
    "private": (
        "文件只在本机检查，不上传到任何网站，也不存盘；关闭程序或放置 {minutes} 分钟后自动清除。",
        "Files are checked on this computer only, sent to no website and not written to disk; they are gone "
        "when the program ends or after {minutes} minutes.",
    ),
    "skip": ("跳到正文", "Skip to the content"),
    "drop": ("把报告文件拖到这里", "Drop report files here"),
    "or": ("或者", "or"),
    "choose": ("选择文件", "Choose files"),
    "submit": ("开始检查", "Check"),
    "formats": (
        "可以一次放入多份。支持 Word（.docx .doc .wps .rtf）、PDF、OFD、网页（.html .mht）、Excel 和文本；"
        "每份不超过 {limit} MB。",
        "Several at once if you like. Word (.docx .doc .wps .rtf), PDF, OFD, web pages (.html .mht), Excel "
        "and text; up to {limit} MB each.",
    ),
    "files": ("文件", "Files"),
    "none_yet": ("还没有文件。", "No files yet."),
    "clear_all": ("全部清除", "Remove all"),
    "remove": ("清除", "Remove"),
    "remove_name": ("清除 {name}", "Remove {name}"),
    "see": ("查看结果", "See result"),
    "see_name": ("查看 {name} 的结果", "See the result of {name}"),
    "download": ("下载", "Download"),
    "get_annotated": ("带批注的原稿", "Draft with comments"),
    "get_workbook": ("问题清单（Excel）", "List of findings (Excel)"),
    "get_page": ("检查结果（网页）", "Result (web page)"),
    "name_annotated": ("批注", "reviewed"),
    "name_findings": ("检查结果", "findings"),
    "state_uploading": ("正在传入", "sending"),
    "state_waiting": ("等待检查", "waiting"),
    "state_reading": ("正在检查", "checking"),
    "said_clean": ("未发现问题", "no findings"),
    "said_failed": ("不能检查", "not checked"),
    "pending": (
        "正在检查，稍等片刻，结果会自动显示。",
        "Being checked. The result appears here in a moment.",
    ),
    "before": ("上一份", "Previous"),
    "after": ("下一份", "Next"),
    "unannotated": ("没有带批注的原稿：{reason}", "No draft with comments: {reason}"),
    "rule_broke": ("规则 {rule} 出错，没有判断：{reason}", "Rule {rule} broke and judged nothing: {reason}"),
    "back": ("返回文件列表", "Back to the files"),
    "filter": ("显示", "Show"),
    "filtered": ("显示 {shown} 个问题，共 {count} 个", "{shown} of {count} findings shown"),
    "explain": ("这条规则是什么意思", "What this rule means"),
    "beside": ("表格", "Tables"),
    "announce_done": ("{name} 检查完毕：{result}", "{name} checked: {result}"),
    "announce_all": ("全部检查完毕，共 {count} 份", "All checked: {count}"),
    "announce_taken": ("已放入 {count} 份文件", "{count} files added"),
    "gone_title": ("没有这一页", "No such page"),
    "gone": (
        "文件已经清除，或者地址不对。请重新放入文件。",
        "The file is gone, or the address is wrong. Please drop the file again.",
    ),
    "refused_title": ("没有接收文件", "Not taken"),
    "refused_none": ("没有选择文件。", "No file was chosen."),
    "refused_form": (
        "请求不完整，请重新选择文件。",
        "The request is incomplete; please choose the files again.",
    ),
    "refused_file_size": (
        "{name} 超过 {limit} MB，没有接收。",
        "{name} is over {limit} MB and was not taken.",
    ),
    "refused_request_size": (
        "一次传入的文件合计超过 {limit} MB，没有接收。",
        "The files sent at once are over {limit} MB and were not taken.",
    ),
    "refused_count": (
        "一次最多放入 {limit} 份文件，请分批放入。",
        "At most {limit} files at once; please drop them in portions.",
    ),
    "refused_held_files": (
        "列表中已有 {limit} 份文件，请先清除一些。",
        "There are {limit} files already; please remove some first.",
    ),
    "refused_held_bytes": (
        "放入的文件合计超过 {limit} MB，请先清除一些。",
        "The files held are over {limit} MB; please remove some first.",
    ),
    "failed_network": (
        "没有传到：程序可能已经关闭，或文件已被移动。",
        "Not sent: the program may have ended, or the file was moved.",
    ),
    "failed_gone": (
        "程序已经关闭。请重新运行 gongkai serve，再放入文件。",
        "The program has ended. Please run gongkai serve again and drop the files anew.",
    ),
    "failed_late": (
        "检查用时过长，已停止；请换成 Word 原稿再试",
        "stopped: checking took too long; please try the Word file",
    ),
    "failed_died": (
        "读取这个文件时程序意外中止（可能内存不足），未检查",
        "reading this file ended the process (perhaps out of memory); not checked",
    ),
    "failed_closed": ("程序已关闭，未检查", "the program was ended; not checked"),
}


@cache
def web_words(lang: str) -> Mapping[str, str]:
    """Every fixed word of the page in `lang` ("zh" or "en")."""
    column = 1 if lang == "en" else 0
    return {**words(lang), **{key: pair[column] for key, pair in _WORDS.items()}}
