"""Settings of the site, which build.py makes."""

import inspect
import pathlib
import re
import sys

import latex2mathml.converter
from docutils.nodes import SkipNode

import zoo

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import widgets

project = "cnn-zoo"
author = "the authors of cnn-zoo"
release = version = zoo.__version__
root_doc = "index"
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
suppress_warnings = ["misc.highlighting_failure"]  # JSON with an ellipsis

# Furo: readable on a phone, light and dark as the reader's system is, kept.
html_theme = "furo"
html_title = f"cnn-zoo {release}"
html_copy_source = False
html_static_path = ["static", "../../build/static"]  # build.py fills it
html_css_files = ["site.css"]

myst_enable_extensions = ["dollarmath", "colon_fence", "html_image"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
napoleon_custom_sections = ["Shapes"]
# Formulas are MathML, which browsers draw without JavaScript or a network.
html_math_renderer = "mathml"


def _inline(translator, node):
    translator.body.append(
        latex2mathml.converter.convert(node.astext(), display="inline")
    )
    _skip()


def _block(translator, node):
    translator.body.append(
        '<div class="formula">'
        + latex2mathml.converter.convert(node.astext(), display="block")
        + "</div>"
    )
    _skip()


def _skip():
    raise SkipNode


def _as_rst(app, what, name, obj, options, lines):
    """Turns what our docstrings have of Markdown into reStructuredText."""
    text = "\n".join(lines)
    parts = re.split(r"^( *)```\w*\n(.*?)^\1```$", text, flags=re.M | re.S)
    out = [_escaped(parts[0])]
    for indent, code, rest in zip(*[iter(parts[1:])] * 3, strict=True):
        shifted = re.sub(r"^(?=.)", "    ", code, flags=re.M)
        out.append(f"{indent}::\n\n{shifted}{_escaped(rest)}")
    lines[:] = "".join(out).split("\n")


def _of_class(app, what, name, obj, options, signature, result):
    """The arguments of `__init__`: Keras's classes take any by `__new__`."""
    if what != "class" or "__init__" not in vars(obj):
        return None
    _, *arguments = inspect.signature(obj.__init__).parameters.values()
    return str(inspect.Signature(arguments)), None


def _escaped(text):
    return "\n\n".join(
        block if block.lstrip().startswith(">>>") else _literals(block)
        for block in text.split("\n\n")
    )


def _literals(block):
    """`code` becomes ``code``; what else could be markup is escaped."""
    out = []
    for i, part in enumerate(re.split(r"`+(.+?)`+", block, flags=re.S)):
        if i % 2:
            out.append(f"``{part}``")
            continue
        if out and re.match(r"\w", part):
            part = "\\ " + part  # `Recorder`s
        out.append(re.sub(r"(?<!\w)[*|](?=\w)", r"\\\g<0>", part))
    return "".join(out)


def setup(app):
    app.connect("html-page-context", widgets.load)
    app.connect("autodoc-process-signature", _of_class)
    app.connect("autodoc-process-docstring", _as_rst, priority=400)
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
