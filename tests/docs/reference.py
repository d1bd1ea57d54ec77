#!/usr/bin/env python3
"""Makes the pages of docs/reference/ from what the program says about itself, or checks them.

    reference.py BIN_DIR DOCS_DIR            exit code 1 when a page is not up to date
    reference.py BIN_DIR DOCS_DIR --write    writes them: the build target renew_reference
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

RENEW = "cmake --build --preset dev --target renew_reference"
MADE = f"<!-- Made by tests/docs/reference.py; renew: {RENEW} -->"
MOST_CHOICES = 10  # longer lists are told in words


class Program:
    """The cdh that was built, run in an empty folder, so that no hub.yaml is in its way."""

    def __init__(self, bin_dir, folder):
        self.cdh = str(pathlib.Path(bin_dir).resolve() / "cdh")
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if k != "CDH_PLUGIN_PATH"}

    def run(self, *words):
        return subprocess.run([self.cdh, *words], cwd=self.folder, env=self.environment, check=True,
                              text=True, stdout=subprocess.PIPE).stdout

    def json(self, *words):
        return json.loads(self.run("--format", "json", *words))


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def code(text):
    if isinstance(text, bool):
        text = "true" if text else "false"
    return f"`{text}`" if text else ""


def page(title, *parts):
    return "\n".join([MADE, f"# {title}\n", *parts])


# --- A page a plugin ---------------------------------------------------------------------------

def help_of(option):
    text = option["help"]
    if option["choices"]:
        text += " One of: " + ", ".join(code(choice) for choice in option["choices"]) + "."
    if option["secret"]:
        text += " Secret: masked in every output."
    return text


def plugin_page(plugin):
    rows = [[code(option["option"]),
             option["type"] + (", required" if option["required"] else ""),
             code(option["default"]), help_of(option)] for option in plugin["options"]]
    return page(f"{plugin['plugin']}: a {plugin['kind']}",
                plugin["description"] + "\n",
                table(["option", "type", "default", "meaning"], rows))


def plugin_pages(program):
    plugins = [program.json("plugin", "info", entry["plugin"])
               for entry in program.json("plugin", "list")]
    pages = {plugin["plugin"] + ".md": plugin_page(plugin) for plugin in plugins}
    rows = [[f"[{plugin['plugin']}]({plugin['plugin']}.md)", plugin["kind"], plugin["description"]]
            for plugin in plugins]
    pages["plugins.md"] = page("The plugins that come with the hub",
                               table(["plugin", "kind", "what it does"], rows))
    return pages


# --- hub.yaml ----------------------------------------------------------------------------------

class Schema:
    """Reads the JSON Schema that `cdh check --schema` prints."""

    def __init__(self, root):
        self.root = root
        self.definitions = root["$defs"]

    def resolve(self, node):
        while "$ref" in node:
            node = self.definitions[node["$ref"].split("/")[-1]]
        return node

    def record(self, node):
        """The form with properties, where a short form is allowed, too."""
        node = self.resolve(node)
        return next((form for form in node.get("anyOf", []) if "properties" in form), node)

    def keys(self, *path):
        """Name and schema of each key of the definition, or of the file itself."""
        node = self.definitions[path[0]] if path else self.root
        return self.record(node)["properties"].items()

    def type_of(self, node):
        if "$ref" in node:
            name = node["$ref"].split("/")[-1]
            return "see the entity" if name.startswith(("fields", "ref")) else f"[{name}](#{name})"
        if "enum" in node:
            if len(node["enum"]) > MOST_CHOICES:
                of_entity = "given_name" in node["enum"]
                return "the name of a field" if of_entity else "a name of `cdh check --explain`"
            return ", ".join(code(choice) for choice in node["enum"])
        if "anyOf" in node:
            first = node["anyOf"][0]
            if first.get("type") in ("integer", "number"):
                return f"{first['minimum']} to {first['maximum']}"
            return self.type_of(first) + ", or a list"
        kind = node.get("type", "")
        if kind == "boolean":
            return "`true`, `false`"
        if "array" in kind:
            return "a list, each " + self.type_of(node["items"])
        if "object" in kind and "properties" in node:
            return "a map"
        if "object" in kind:
            element = self.type_of(node["additionalProperties"])
            return "names, each with " + (element or "its value")
        return "text" if "string" in kind else ""


def key_table(schema, *path):
    record = schema.record(schema.definitions[path[0]] if path else schema.root)
    rows = [[code(name),
             schema.type_of(node) + (", required" if name in record.get("required", []) else ""),
             code(node.get("default", "")), node.get("description", "")]
            for name, node in schema.keys(*path)]
    return table(["key", "value", "default", "meaning"], rows)


def entity_part(schema, entity):
    fields = [name for name, _ in schema.keys(f"fields-of-{entity}")]
    part = f"**{entity}**: " + ", ".join(map(code, fields)) + "."
    if f"references-of-{entity}" in schema.definitions:
        refs = [f"{code(name)} ({node['description'].removeprefix('Belongs to a ')})"
                for name, node in schema.keys(f"references-of-{entity}")]
        part += " Refs: " + ", ".join(refs) + "."
    return part + "\n"


def contact_part(schema, name, node):
    fields = [key for key, _ in schema.record(node["anyOf"][0])["properties"].items()]
    return f"**{name}**: " + node["description"] + " " + ", ".join(map(code, fields)) + ".\n"


def configuration_page(program):
    schema = Schema(json.loads(program.run("check", "--schema")))
    entities = schema.definitions["mapping"]["properties"]["into"]["enum"]
    contacts = [(name, node) for name, node in schema.keys("fields-of-person")
                if "anyOf" in node and "$ref" in node["anyOf"][0]
                and schema.resolve(node["anyOf"][0]) is not schema.definitions["flag"]
                and "items" in node["anyOf"][1]]
    parts = ["Every key of `hub.yaml`. [Configuration](../configuration.md) explains them in use.\n"]
    parts += ["## The file\n", key_table(schema)]
    for name in ("hub", "report", "notify", "webhook", "mail", "lineage-events", "source",
                 "source-limits", "stream", "transform", "match", "merge", "limits"):
        parts += [f"## {name}\n", key_table(schema, name)]
    parts += ["## merge-fields\n", "A chain like `default` for each of: "
              + ", ".join(code(name) for name, _ in schema.keys("merge-fields"))
              + ". That of `consent` takes only "
              + schema.type_of(dict(schema.keys("merge-fields"))["consent"]) + ".\n"]
    parts += ["## mapping\n", "An item of a stream's `map`. `fields` and `refs` depend on the "
              "entity that `into` names.\n", key_table(schema, f"mapping-of-{entities[0]}")]
    parts += ["## reference\n", key_table(schema, "reference")]
    parts += ["## value\n", "A text alone names the source's field.\n", key_table(schema, "value")]
    parts += ["## Contacts of a person or an organization\n"]
    parts += [contact_part(schema, name, node) for name, node in contacts]
    parts += ["## Entities and their fields\n"]
    parts += [entity_part(schema, entity) for entity in entities]
    return page("hub.yaml: every key", *parts)


# --- The store ---------------------------------------------------------------------------------

def tables_page(program):
    folder = pathlib.Path(program.folder)
    (folder / "hub.yaml").write_text("hub: { store: sqlite://store.db }\nsources: {}\n")
    program.run("store", "migrate")
    store = sqlite3.connect(folder / "store.db")
    parts = ["As `cdh store migrate` makes them. [The store](../store.md) says what they hold.\n"]
    for title, kind in (("Tables", "table"), ("Views", "view")):
        parts.append(f"## {title}\n")
        rows = []
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = ? AND "
                                     "name NOT LIKE 'sqlite_%' ORDER BY name", (kind,)).fetchall():
            columns = store.execute(f"SELECT name FROM pragma_table_info('{name}')").fetchall()
            rows.append([code(name), ", ".join(column for (column,) in columns)])
        parts.append(table([kind, "columns"], rows))
    store.close()
    return page("Tables and columns of the store", *parts)


def make_pages(bin_dir):
    with tempfile.TemporaryDirectory() as folder:
        program = Program(bin_dir, folder)
        pages = plugin_pages(program)
        pages["hub-yaml.md"] = configuration_page(program)
        pages["tables.md"] = tables_page(program)
        return pages


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: reference.py BIN_DIR DOCS_DIR [--write]")
    folder = pathlib.Path(sys.argv[2]) / "reference"
    pages = make_pages(sys.argv[1])
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    if "--write" in sys.argv[3:]:
        folder.mkdir(exist_ok=True)
        for name in there.keys() - pages.keys():
            (folder / name).unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
        return
    stale = [name for name in sorted(there.keys() | pages.keys())
             if there.get(name) != pages.get(name)]
    if stale:
        sys.exit("not up to date in docs/reference: " + ", ".join(stale)
                 + "\nrenew them: " + RENEW)


if __name__ == "__main__":
    main()
