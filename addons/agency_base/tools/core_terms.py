"""The words of Odoo's own modules that Odoo's own translation lacks.

``i18n_core/<language>/<module>.po`` completes Odoo's file of the same module. An entry
counts only while Odoo has nothing of its own. An entry with the comment
``#. instead of: …`` replaces a wrong word, as long as Odoo says exactly that.
"""

import functools
import threading
from pathlib import Path

from odoo.modules.registry import Registry
from odoo.tools.misc import ReadonlyDict
from odoo.tools.translate import (
    JAVASCRIPT_TRANSLATION_COMMENT,
    PYTHON_TRANSLATION_COMMENT,
    code_translations,
    get_base_langs,
    translation_file_reader,
)

_INSTEAD_OF = "instead of: "

#: {(language, module): file}
FILES = {
    (path.parent.name, path.stem): path
    for path in Path(__file__).parents[1].glob("i18n_core/*/*.po")
}
MODULES = {module for _lang, module in FILES}


def rows(module, lang):
    """Yield what completes ``module`` in ``lang``, as Odoo's reader gives it."""
    for base_lang in get_base_langs(lang):
        path = FILES.get((base_lang, module))
        if path:
            with path.open("rb") as file:
                yield from translation_file_reader(file)


def wrong_text(row):
    r"""Return the text of Odoo that ``row`` replaces; none: it fills a gap.

    >>> wrong_text({"comments": "odoo-javascript\ninstead of: a long\ntext"})
    'a long text'
    >>> wrong_text({"comments": "odoo-javascript"})
    ''
    """
    return one_line(row["comments"].partition(_INSTEAD_OF)[2])


def one_line(text):
    """Return ``text`` the way a comment of a po file can hold it."""
    return " ".join(text.split())


def _complete(own, module, lang, kind):
    """Return ``own`` with the code terms of ``kind`` that it lacks or has wrong."""
    supplied = {
        row["src"]: row["value"]
        for row in rows(module, lang)
        if row["type"] == "code"
        and kind in row["comments"]
        and one_line(own.get(row["src"], "")) == wrong_text(row)
    }
    return ReadonlyDict({**own, **supplied})


@functools.cache
def web_messages(module, lang):
    """Return the messages of ``module`` for the web client, completed."""
    own = {
        message["id"]: message["string"]
        for message in code_translations.get_web_translations(module, lang)["messages"]
    }
    terms = _complete(own, module, lang, JAVASCRIPT_TRANSLATION_COMMENT)
    return tuple(
        ReadonlyDict({"id": src, "string": value}) for src, value in terms.items()
    )


_own_python_translations = code_translations.get_python_translations


@functools.cache
def _python_terms(module, lang):
    own = _own_python_translations(module, lang)
    return _complete(own, module, lang, PYTHON_TRANSLATION_COMMENT)


def _is_served_here():
    """Tell whether the database this thread works for has our addon."""
    database = getattr(threading.current_thread(), "dbname", None)
    registry = Registry.registries.get(database)
    return registry is not None and "agency_base" in registry._init_modules


def _get_python_translations(module_name, lang):
    if module_name in MODULES and _is_served_here():
        return _python_terms(module_name, lang)
    return _own_python_translations(module_name, lang)


# Odoo reads the words of Python code from files only, once for all databases of the
# process, and offers no other door than this method of its one reader.
code_translations.get_python_translations = _get_python_translations
