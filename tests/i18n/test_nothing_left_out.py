"""Words that gettext was not given: none, in templates or modules, but names and what is the same in every language."""

import re

import pytest

from agents.runners import RUNNERS
from agents.sentences import EVERY, pattern_of
from tests.i18n import sources

OPERATORS_TEMPLATES = ("admin/", "hijack/", "styleguide/")
"""Operators' pages and the guide for designers are English."""
ENGLISH = {"errors/500.html"}  # it must render when nothing loads
NAMES = re.compile(r"\b(?:Avatar G|CSV|FREE|PRO|PREMIUM|ENTERPRISE)\b")
OPERATORS = re.compile(
    r"/(?:admin|forms|models|rules|audit|settings|environment|findings|schema|serializers|styleguide)\.py"
    r"|/management/|/checkup/|^(?:monitoring|metrics|operators)/|^avatarg/acts|^support/(?:errors|post)"
)
WORK = re.compile(r"^agents/(?:engines|planning|runs)/")
"""What is made for people, the works themselves, is in the language of the one who asks for it, or in English."""
EXAMPLES = {str(value) for runner in RUNNERS.values() for one in runner.examples for value in one.values()}
"""What can be tried is in English, for that is what the engines read."""


def name_of(path):
    return path.relative_to(sources.ROOT).as_posix()


def translated_templates():
    names = [path.relative_to(sources.TEMPLATES).as_posix() for path in sources.templates()]
    return [name for name in names if not name.startswith(OPERATORS_TEMPLATES) and name not in ENGLISH]


@pytest.mark.parametrize("name", translated_templates())
def test_a_template_says_nothing_without_gettext(name):
    said = sources.bare_in_template((sources.TEMPLATES / name).read_text())

    assert [words for words in said if sources.WORDS.search(NAMES.sub("", words))] == []


def test_what_a_template_leaves_out_is_found():
    source = """{% load i18n %}{# Not this #}<p title="One">{% translate "Known" %} two {{ three }}</p>
      <img alt="{% translate 'Known' %}"><input placeholder="Four five" value="six">
      {% include "x.html" with words="Seven eight" name=_("Known") href="orbit" only %}{{ nine|default:"Ten eleven" }}
      {% blocktranslate trimmed %}Known <em>too</em>{% endblocktranslate %}"""

    assert sources.bare_in_template(source) == ["One", "two", "Four five", "Seven eight", "Ten eleven"]


def test_modules_say_nothing_without_gettext():
    known = [pattern_of(sentence) for sentence in EVERY]
    left_out = {
        name_of(path): [
            sentence
            for sentence in sources.bare_in_module(path.read_text())
            if sentence not in EXAMPLES and not any(one.fullmatch(sentence) for one in known)
        ]
        for path in sources.modules()
        if not OPERATORS.search(name_of(path)) and not WORK.search(name_of(path))
    }

    assert {name: found for name, found in left_out.items() if found} == {}


def test_what_a_module_leaves_out_is_found():
    source = '''
"""A docstring is for programmers."""
def said(n):
    log.info("This is for operators.")
    raise Refusal(f"There are {n} of them.", _("This is known."), "This one is not.", "no sentence")
'''
    assert sources.bare_in_module(source) == ["There are 7 of them.", "This one is not."]
