"""Finds the functions of a C or C++ file by its braces: good enough to see which are too long.

Comments, literals and preprocessor lines are blanked out first. A brace opens a scope (namespace,
class, extern "C"), data (behind `=`) or, outside of functions, a function.
"""

import re

_BLANKED = re.compile(
    r'R"(?P<mark>[^()\\ \n]{0,16})\(.*?\)(?P=mark)"'      # raw strings
    r"|//[^\n]*|/\*.*?\*/"                                # comments
    r'|"(?:\\.|[^"\\\n])*"'                               # strings
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'"              # characters, not the ' of 1'000
    r"|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*",                   # preprocessor lines
    re.DOTALL | re.MULTILINE)
_SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^()]*$")


def _blank(text):
    """The text without what could confuse counting, and with the same lines."""
    return _BLANKED.sub(lambda match: "\n" * match[0].count("\n"), text)


def _kind(head):
    head = head.strip()
    if _SCOPE.search(head):
        return "scope"
    if head.endswith(("=", ",", "(", "return")) or (head and head[-1] == "]" and "=" not in head):
        return "data"
    return "function"


def functions(text):
    """Yields the first and last line of each outermost function, its head left out."""
    line, head = 1, ""
    open_braces = []  # (kind, line)
    inside = 0  # functions and data that are open
    for char in _blank(text):
        if char == "\n":
            line += 1
        if char == "{":
            kind = "data" if inside else _kind(head)
            inside += kind != "scope"
            open_braces.append((kind, line))
            head = ""
        elif char == "}":
            if not open_braces:
                return  # an #if with a brace in each branch: nothing to say about the rest
            kind, first = open_braces.pop()
            inside -= kind != "scope"
            if kind == "function":
                yield first, line
            head = ""
        elif char == ";":
            head = ""
        else:
            head += char
