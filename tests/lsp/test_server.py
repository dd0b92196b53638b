"""The language server, driven over its pipes by a client library as an editor drives it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls")
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from linter.draft.form import Wanted, draft
from linter.draft.markdown import to_markdown

TOP = Path(__file__).parents[2]
CLEAN = to_markdown(draft(Wanted("青河县教育局", 2025)))
WRONG_TOTAL = CLEAN.replace("（七）总计</th><td>0</td>", "（七）总计</th><td>1</td>")


class Editor(LanguageClient):
    """A client that keeps what was published last of each file."""

    def __init__(self) -> None:
        super().__init__("editor", "v1")
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.news = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(client: Editor, params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = params
            self.news.set()

    async def told(self, uri: str) -> list[types.Diagnostic]:
        """The next diagnostics of `uri`."""
        await asyncio.wait_for(self.news.wait(), 30)
        self.news.clear()
        return list(self.published[uri].diagnostics)

    def open(self, uri: str, text: str) -> None:
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, text: str) -> None:
        whole = [types.TextDocumentContentChangeWholeDocument(text)]
        named = types.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(named, whole))

    async def actions(self, uri: str, place: types.Range, *only: str) -> list[types.CodeAction]:
        """What is offered at `place`."""
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        found = await self.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]


BY_VERSION = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    )
)


def in_editor(
    talk: Callable[[Editor], Awaitable[None]],
    *options: str,
    folder: Path | None = None,
    capabilities: types.ClientCapabilities = BY_VERSION,
) -> None:
    """Start a server in `folder`, talk to it, end it."""

    async def session() -> None:
        editor = Editor()
        environment = {**os.environ, "PYTHONPATH": str(TOP)}
        command = [sys.executable, "-m", "linter", "lsp", *options]
        await editor.start_io(*command, cwd=folder, env=environment)
        started = await editor.initialize_async(types.InitializeParams(capabilities))
        assert started.capabilities.hover_provider
        editor.initialized(types.InitializedParams())
        try:
            await talk(editor)
        finally:
            await editor.shutdown_async(None)
            editor.exit(None)
            await editor.stop()  # type: ignore[no-untyped-call]

    asyncio.run(session())


def uri_of(folder: Path, name: str = "年报.md") -> str:
    return (folder / name).as_uri()


def codes(diagnostics: list[types.Diagnostic]) -> list[str]:
    return [str(diagnostic.code).split()[0] for diagnostic in diagnostics]


def test_findings_appear_and_go_as_one_types(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, WRONG_TOTAL)
        assert "A001" in codes(await editor.told(uri))
        editor.change(uri, 2, CLEAN)
        assert "A001" not in codes(await editor.told(uri))

    in_editor(talk)


def test_a_finding_underlines_its_words_in_the_units_of_the_editor(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        text = CLEAN.replace("青河县教育局【", "𠮷村的青河县教育局【")
        editor.open(uri, text)
        (left,) = [item for item in await editor.told(uri) if "T006" in str(item.code)]
        assert left.severity == types.DiagnosticSeverity.Warning
        lines = text.split("\n")
        shown = lines[left.range.start.line].encode("utf-16-le")
        marked = shown[2 * left.range.start.character : 2 * left.range.end.character].decode("utf-16-le")
        assert "请填写" in marked

    in_editor(talk)


def test_the_pointer_on_a_finding_shows_its_clause(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, WRONG_TOTAL)
        (wrong,) = [item for item in await editor.told(uri) if "A001" in str(item.code)]
        named = types.TextDocumentIdentifier(uri)
        shown = await editor.text_document_hover_async(types.HoverParams(named, wrong.range.start))
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert "国办公开办函〔2021〕30号" in shown.contents.value
        blank = types.HoverParams(named, types.Position(1, 0))
        assert await editor.text_document_hover_async(blank) is None

    in_editor(talk)


def test_a_closed_file_has_no_findings(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, WRONG_TOTAL)
        assert await editor.told(uri)
        editor.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await editor.told(uri) == []

    in_editor(talk)


@pytest.mark.parametrize(("name", "text"), [("空.md", ""), ("记录.md", "# 会议记录\n\n讨论。\n")])
def test_a_text_that_is_no_report_says_so_and_nothing_breaks(tmp_path: Path, name: str, text: str) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, name)
        editor.open(uri, text)
        (said,) = await editor.told(uri)
        assert said.severity == types.DiagnosticSeverity.Information
        editor.change(uri, 2, CLEAN)
        assert "T006" in codes(await editor.told(uri))

    in_editor(talk)


def test_rules_that_are_not_selected_say_nothing(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, WRONG_TOTAL)
        assert set(codes(await editor.told(uri))) == {"T006"}

    in_editor(talk, "--select", "T006")


# Fixes


def whole(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n"), 0))


def applied(text: str, action: types.CodeAction, uri: str, version: int | None = 1) -> str:
    """`text` after the action, as an editor makes it: the edits are those of one version, from the last."""
    assert action.edit is not None
    if version is None:
        assert action.edit.document_changes is None
        edits = list((action.edit.changes or {})[uri])
    else:
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (uri, version)
        edits = [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character))[::-1]:
        begin, end = edit.range.start, edit.range.end
        before = lines[begin.line][: 2 * begin.character]
        after = lines[end.line][2 * end.character :]
        new = before + edit.new_text.encode("utf-16-le") + after
        lines[begin.line : end.line + 1] = [
            part.encode("utf-16-le") for part in new.decode("utf-16-le").split("\n")
        ]
    return "\n".join(line.decode("utf-16-le") for line in lines)


PAGE = (
    "<html><body><h1>𠮷县水务局2022年政府信息公开工作年度报告</h1>\n"
    "<h2>一、概述</h2><p>根据国办公开办函[2021]30号，平稳有序。</p></body></html>\n"
)
TEXT = (
    "𠮷县水务局2022年政府信息公开工作年度报告\r\n\r\n一、概述\r\n\r\n"
    "根据国办公开办函[2021]30号，平稳有序。\r\n"
)
DRAFT = CLEAN.replace("一、总体情况", "一、概述")


@pytest.mark.parametrize(
    ("name", "text"),
    [("年报.md", CLEAN.replace("一、总体情况", "一、概述")), ("a.html", PAGE), ("a.txt", TEXT)],
)
def test_a_finding_that_can_be_mended_offers_it_and_is_gone_then(
    name: str, text: str, tmp_path: Path
) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, name)
        editor.open(uri, text)
        (wrong,) = [item for item in await editor.told(uri) if "S004" in str(item.code)]
        found = await editor.actions(uri, wrong.range)
        (action,) = [one for one in found if "S004" in one.title]
        assert (action.kind, action.is_preferred) == (types.CodeActionKind.QuickFix, True)
        assert list(action.diagnostics or ()) == [wrong]
        mended = applied(text, action, uri)
        assert mended == text.replace("一、概述", "一、总体情况")
        editor.change(uri, 2, mended)
        assert "S004" not in codes(await editor.told(uri))

    in_editor(talk)


def test_all_that_is_safe_is_mended_at_once_also_what_no_finding_speaks_of(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, "a.txt")
        text = TEXT.replace("一、概述", "一. 概述")
        editor.open(uri, text)
        await editor.told(uri)
        (action,) = await editor.actions(uri, whole(text), "source.fixAll")
        assert action.kind == "source.fixAll.gongkai"
        mended = applied(text, action, uri)
        assert mended == text.replace("一. 概述", "一、总体情况").replace("[2021]", "〔2021〕")
        editor.change(uri, 2, mended)
        await editor.told(uri)
        assert await editor.actions(uri, whole(mended), "source") == []

    in_editor(talk)


def test_an_edit_is_for_the_text_as_it_is_now(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, "a.txt")
        editor.open(uri, TEXT)
        await editor.told(uri)
        later = "\r\n\r\n" + TEXT
        editor.change(uri, 7, later)
        for action in await editor.actions(uri, whole(later), "quickfix"):
            assert applied(later, action, uri, version=7).startswith("\r\n\r\n𠮷县")
        (action,) = await editor.actions(uri, whole(later), "source.fixAll.gongkai")
        assert "一、总体情况\r\n" in applied(later, action, uri, version=7)

    in_editor(talk)


def test_an_editor_that_knows_no_versions_gets_plain_edits(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, "a.txt")
        editor.open(uri, TEXT)
        await editor.told(uri)
        (action,) = await editor.actions(uri, whole(TEXT), "source.fixAll")
        assert "一、总体情况" in applied(TEXT, action, uri, version=None)

    in_editor(talk, capabilities=types.ClientCapabilities())


def test_what_cannot_be_mended_and_other_kinds_offer_nothing(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, WRONG_TOTAL)
        await editor.told(uri)
        assert await editor.actions(uri, whole(WRONG_TOTAL)) == []
        assert await editor.actions(uri, whole(WRONG_TOTAL), "source.fixAll") == []
        assert await editor.actions(uri, whole(WRONG_TOTAL), "refactor") == []
        other = uri_of(tmp_path, "空.md")
        editor.open(other, "")
        await editor.told(other)
        assert await editor.actions(other, whole(""), "source.fixAll") == []

    in_editor(talk)


# Settings


def test_the_configuration_of_the_files_folder_holds_and_its_edits_count(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        (tmp_path / "草稿").mkdir()
        config = tmp_path / "gongkai.toml"
        config.write_text('[per-file-ignores]\n"草稿/**" = ["T006"]\n', encoding="utf-8")
        draft, other = uri_of(tmp_path / "草稿"), uri_of(tmp_path)
        editor.open(draft, CLEAN)
        assert "T006" not in codes(await editor.told(draft))
        editor.open(other, CLEAN)
        assert "T006" in codes(await editor.told(other))
        config.write_text('ignroe = ["T006"]\n', encoding="utf-8")
        editor.change(other, 2, CLEAN + "\n")
        (said,) = await editor.told(other)
        assert "ignroe" in said.message
        config.write_text('exclude = ["*.md"]\n', encoding="utf-8")
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        await editor.told(other)
        assert await published_empty(editor, other)

    in_editor(talk)


async def published_empty(editor: Editor, uri: str) -> bool:
    """Whether nothing is said of `uri` any more, once all that is under way has come."""
    for _ in range(100):
        if not editor.published[uri].diagnostics:
            return True
        await asyncio.sleep(0.05)
    return False


def test_what_is_set_aside_or_known_is_not_marked_and_not_mended(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = uri_of(tmp_path, "a.txt")
        editor.open(uri, TEXT)
        said = codes(await editor.told(uri))
        assert "S004" not in said
        assert "F015" in said
        (action,) = await editor.actions(uri, whole(TEXT), "source.fixAll")
        mended = applied(TEXT, action, uri)
        assert "一、概述" in mended
        assert "〔2021〕" in mended

    (tmp_path / "gongkai.toml").write_text(
        '[[suppress]]\nrule = "S004"\nreason = "已报请同意"\n', encoding="utf-8"
    )
    in_editor(talk)


def test_a_configuration_may_be_named_or_none_be_read(tmp_path: Path) -> None:
    async def silent(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, CLEAN)
        assert "T006" not in codes(await editor.told(uri))

    async def heard(editor: Editor) -> None:
        uri = uri_of(tmp_path)
        editor.open(uri, CLEAN)
        assert "T006" in codes(await editor.told(uri))

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "own.toml").write_text('ignore = ["T006"]\n', encoding="utf-8")
    (tmp_path / "gongkai.toml").write_text("", encoding="utf-8")
    in_editor(silent, "--config", "own.toml", folder=elsewhere)
    (tmp_path / "gongkai.toml").write_text('ignore = ["T006"]\n', encoding="utf-8")
    in_editor(silent)
    in_editor(heard, "--isolated")
