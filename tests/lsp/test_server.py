"""The language server, driven over its pipes by a client library as an editor drives it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls")
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from linter.draft.form import Wanted, draft
from linter.draft.markdown import to_markdown

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


def in_editor(talk: Callable[[Editor], Awaitable[None]], *options: str) -> None:
    """Start a server, talk to it, end it."""

    async def session() -> None:
        editor = Editor()
        await editor.start_io(sys.executable, "-m", "linter", "lsp", *options)
        capabilities = types.ClientCapabilities()
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
