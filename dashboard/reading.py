"""Markdown to be read on a page: what a model or a person wrote, as headings, lists and tables, never as markup."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "table",
    "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
DEEPER = {"h1": "h3", "h2": "h4", "h3": "h5"}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def read(markdown: str) -> SafeString:
    """HTML without anything that runs, loads or looks like the page's own; its headings stand below the page's."""
    tokens = MARKDOWN.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = DEEPER.get(token.tag, "h6")
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener noreferrer"
    )
    return mark_safe(clean)  # noqa: S308 it has just been cleaned
