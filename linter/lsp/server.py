"""The language server: diagnostics as one types, the clause and its meaning under the pointer, fixes."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from linter import __version__
from linter.config.layer import OWN_FILE, PROJECT_FILE
from linter.config.resolve import Configured
from linter.lint import ruleset_for
from linter.lsp.actions import FIX_ALL, actions_of
from linter.lsp.hover import hover_markdown
from linter.lsp.linting import Lang, Linted, lint_text
from linter.lsp.ranges import client_range, diagnostic_of

_PAUSE = 0.3
"""Seconds without typing after which the text is linted again."""


class Server(LanguageServer):
    """The server with what it last said of each open text, by its address."""

    def __init__(self, configured: Configured, lang: Lang) -> None:
        super().__init__("gongkai-lint", f"v{__version__}")
        self.configured = configured
        self.lang = lang
        self.linted: dict[str, Linted] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}


def make_server(configured: Configured, lang: Lang) -> Server:
    """A server that lints each text by what is configured for its file, and speaks `lang`."""
    server = Server(configured, lang)

    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, params: types.InitializedParams) -> None:
        await _watch_configurations(ls)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_configuration(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        for uri in list(ls.linted):
            _lint(ls, uri)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        _lint(ls, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        _forget_waiting(ls, uri)
        ls.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, _lint, ls, uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        _forget_waiting(ls, uri)
        ls.linted.pop(uri, None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        return _hover(ls, params)

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        return _actions(ls, params)

    return server


async def _watch_configurations(server: Server) -> None:
    """Have the editor tell of edited configurations, where it can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in (OWN_FILE, PROJECT_FILE)]
    await server.client_register_capability_async(
        types.RegistrationParams(
            [
                types.Registration(
                    "gongkai-configurations",
                    types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                    types.DidChangeWatchedFilesRegistrationOptions(watchers),
                )
            ]
        )
    )


def _forget_waiting(server: Server, uri: str) -> None:
    if earlier := server.waiting.pop(uri, None):
        earlier.cancel()


def _lint(server: Server, uri: str) -> None:
    """Lint the open text and publish what is found."""
    _forget_waiting(server, uri)
    document = server.workspace.get_text_document(uri)
    linted = lint_text(document.source, _path(uri), server.configured, server.lang)
    server.linted[uri] = linted._replace(version=document.version)
    diagnostics = [diagnostic_of(document, mark) for mark in linted.marks]
    if linted.reason:
        diagnostics.append(
            types.Diagnostic(
                types.Range(types.Position(0, 0), types.Position(0, 0)),
                linted.reason,
                severity=types.DiagnosticSeverity.Information,
                source="gongkai",
            )
        )
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(uri, diagnostics, version=document.version)
    )


def _path(uri: str) -> str:
    """The file of an address; of a text that is none yet, its name in the current folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return path or PurePath(unquote(urlsplit(uri).path)).name


def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for the text as it is now: it may have been changed since it was linted."""
    uri = params.text_document.uri
    document = server.workspace.get_text_document(uri)
    if server.linted.get(uri, Linted()).version != document.version:
        if params.context.trigger_kind is types.CodeActionTriggerKind.Automatic and not params.context.only:
            return []
        _lint(server, uri)
    workspace = server.client_capabilities.workspace
    editing = workspace.workspace_edit if workspace else None
    by_version = bool(editing and editing.document_changes)
    return actions_of(document, server.linted[uri], params, server.lang, by_version=by_version)


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The rules of the findings under the pointer, each explained."""
    uri = params.text_document.uri
    document = server.workspace.get_text_document(uri)
    place = document.position_codec.position_from_client_units(document.source.split("\n"), params.position)
    linted = server.linted.get(uri, Linted())
    under = [mark for mark in linted.marks if mark.span.holds(place.line, place.character)]
    codes = {mark.subject.code for mark in under}
    if linted.read is None or not codes:
        return None
    rules = [rule for rule in ruleset_for(linted.read.job.selection).rules if rule.code in codes]
    if not rules:
        return None
    text = "\n\n---\n\n".join(hover_markdown(rule, server.lang) for rule in rules)
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, text), client_range(document, under[0].span)
    )
