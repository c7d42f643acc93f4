"""The catalogues: what is compiled is what is written, nothing is missing, and no translation loses a part."""

import re

import pytest
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

from tests.i18n import sources

LANGUAGES = ("en", "ka")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<![%{])\{\w+\}")
MARKUP = re.compile(r"</?\w+[^>]*>")


def folder(language):
    return sources.ROOT / "locale" / language / "LC_MESSAGES"


def written(language) -> Catalog:
    with (folder(language) / "django.po").open("rb") as file:
        return pofile.read_po(file, locale=language)


def entries(catalogue):
    return [message for message in catalogue if message.id]


def forms(value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def key_of(message):
    context = message.context or ""
    return context.decode() if isinstance(context, bytes) else context, forms(message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    with (folder(language) / "django.mo").open("rb") as file:
        compiled = mofile.read_mo(file)
    said = {key_of(one): forms(one.string) for one in entries(written(language)) if all(forms(one.string))}

    assert {key_of(one): forms(one.string) for one in entries(compiled)} == said


def test_everything_is_said_in_georgian_and_nothing_is_a_guess():
    catalogue = written("ka")

    assert [one.id for one in entries(catalogue) if not all(forms(one.string)) or one.fuzzy] == []


def test_english_stands_in_the_code_alone():
    assert [one.id for one in entries(written("en")) if any(forms(one.string))] == []


def test_both_catalogues_know_the_same():
    assert {key_of(one) for one in entries(written("en"))} == {key_of(one) for one in entries(written("ka"))}


def test_no_part_of_a_sentence_gets_lost():
    lost = [
        (english, georgian)
        for one in entries(written("ka"))
        for english, georgian in zip(forms(one.id), forms(one.string), strict=True)
        for part in (PLACEHOLDER, MARKUP)
        if set(part.findall(english)) != set(part.findall(georgian))
    ]

    assert lost == []


def test_georgian_has_its_two_forms():
    catalogue = written("ka")

    assert (catalogue.num_plurals, catalogue.plural_expr.strip("()").replace(" ", "")) == (2, "n!=1")
    assert [one.id for one in entries(catalogue) if not isinstance(one.id, str) and len(one.string) != 2] == []


def test_the_catalogues_hold_all_that_templates_and_modules_say_and_nothing_else():
    """After a change of words, `make messages` collects them."""
    known = {(context, form) for one in entries(written("ka")) for context, ids in [key_of(one)] for form in ids}
    used = {message for path in sources.templates() for message in sources.messages_in_template(path.read_text())} | {
        message for path in sources.modules() for message in sources.messages_in_module(path)
    }

    assert (used - known, known - used) == (set(), set())
