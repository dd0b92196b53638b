"""The language server for drafts in Markdown, HTML and plain text (`gongkai lsp`)."""
