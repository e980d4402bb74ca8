"""The same papers by two other programs that fill Word templates, Carbone and docxtemplater, which run in Node.

Their templates are made from ours: the same words, tables and loops, with every value under a name of its own. What
our templates decide (`if`, filters) is decided beforehand, which leaves the other programs less to do. They are fetched
from npm into a folder of their own outside the checkout; without npm there is a line that says so.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jinja2 import Environment, Template, nodes

from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.package import parts_of

Style = Literal["carbone", "docxtemplater"]
PACKAGES = ("carbone@3.8.2", "docxtemplater@3.71.0", "pizzip@3.2.0")
_FOLDER = "formflow-bench-node"

_SCRIPT = """
const fs = require('fs'), PizZip = require('pizzip'), Docx = require('docxtemplater'), carbone = require('carbone');
const [,, rounds, jobsFile] = process.argv;
const median = (a) => a.sort((x, y) => x - y)[Math.floor(a.length / 2)];
const byDocx = (job) => {
  const made = new Docx(new PizZip(job.bytes), {paragraphLoop: true, linebreaks: true});
  made.render(job.data);
  return made.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'});
};
const byCarbone = (job) => new Promise((done, fail) =>
  carbone.render(job.template, job.data, (fault, made) => fault ? fail(fault) : done(made)));
(async () => {
  const result = {};
  for (const job of JSON.parse(fs.readFileSync(jobsFile))) {
    job.bytes = fs.readFileSync(job.template);
    const make = job.style === 'carbone' ? byCarbone : byDocx, took = [];
    for (let i = 0; i < 10; i++) await make(job);
    let made;
    for (let i = 0; i < rounds; i++) {
      const from = process.cpuUsage();
      made = await make(job);
      const used = process.cpuUsage(from);
      took.push((used.user + used.system) / 1e3);
    }
    fs.writeFileSync(job.template + '.out.docx', made);
    result[job.style + ' ' + job.name] = median(took);
  }
  console.log(JSON.stringify(result));
  process.exit(0);
})();
"""


@dataclass(slots=True)
class _Scope:
    """The words at one place of a template, and the data that stands for them."""

    words: dict[str, object]
    data: dict[str, object]


@dataclass(slots=True)
class _Translator:
    """Writes a part of one of our templates as one of the other programs asks for it."""

    style: Style
    environment: Environment = field(default_factory=Environment)
    count: int = 0

    def walk(self, body: Sequence[nodes.Node], scopes: list[_Scope], path: str) -> str:
        """The markup of some nodes."""
        written = ""
        for node in body:
            match node:
                case nodes.Output():
                    for one in node.nodes:
                        written += self._output(one, scopes, path, written)
                case nodes.If():
                    written += self._chosen(node, scopes, path)
                case nodes.For():
                    written += self._loop(node, scopes, path)
                case _:
                    raise NotImplementedError(type(node).__name__)
        return written

    def _output(self, node: nodes.Expr, scopes: list[_Scope], path: str, before: str) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        if before.endswith('="'):
            return self._value(node, scopes[0].words)
        name = self._name("v")
        for scope in scopes:
            scope.data[name] = self._value(node, scope.words)
        return f"{{d.{path}{name}}}" if self.style == "carbone" else f"{{{name}}}"

    def _chosen(self, node: nodes.If, scopes: list[_Scope], path: str) -> str:
        for test, body in [(node.test, node.body), *((other.test, other.body) for other in node.elif_)]:
            if scopes and self._value(nodes.CondExpr(test, nodes.Const("1"), nodes.Const("")), scopes[0].words):
                return self.walk(body, scopes, path)
        return self.walk(node.else_, scopes, path)

    def _loop(self, node: nodes.For, scopes: list[_Scope], path: str) -> str:
        name = self._name("l")
        inner: list[_Scope] = []
        for scope in scopes:
            items = self._items(node, scope.words)
            inner += items
            scope.data[name] = [item.data for item in items]
        if not inner:
            return ""
        one = len(inner) == len(scopes) == 1
        first = self.walk(node.body, [_Scope(dict(i.words), {}) for i in inner], "")
        if one and not first.lstrip().startswith("<w:tr"):
            return self.walk(node.body, [_Scope(inner[0].words, scopes[0].data)], path)
        if not first.lstrip().startswith("<w:"):
            whole = self._name("v")
            for scope in scopes:
                made = nodes.Template([node])
                scope.data[whole] = self._run(made, scope.words)
            return f"{{d.{path}{whole}}}" if self.style == "carbone" else f"{{{whole}}}"
        return self._repeated(self.walk(node.body, inner, f"{path}{name}[i]."), name, path)

    def _repeated(self, body: str, name: str, path: str) -> str:
        row = body.lstrip().startswith("<w:tr")
        if self.style == "carbone":
            then = f"<w:p><w:r><w:t>{{d.{path}{name}[i+1].x}}</w:t></w:r></w:p>"
            return body + (f"<w:tr><w:tc>{then}</w:tc></w:tr>" if row else then)
        if row:
            body = re.sub(r"(<w:t(?: [^>]*)?>)", rf"\1{{#{name}}}", body, count=1)
            return f"{{/{name}}}</w:t>".join(body.rsplit("</w:t>", 1))
        line = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
        return line.format(f"{{#{name}}}") + body + line.format(f"{{/{name}}}")

    def _items(self, node: nodes.For, words: dict[str, object]) -> list[_Scope]:
        assert isinstance(node.target, nodes.Name)
        kept: list[object] = []
        probe = {**words, "keep": kept.append}
        keep = nodes.Output(
            [nodes.Call(nodes.Name("keep", "load"), [nodes.Name(node.target.name, "load")], [], None, None)]
        )
        self._run(nodes.Template([nodes.For(node.target, node.iter, [keep], [], node.test, False)]), probe)
        last = len(kept) - 1
        loops = [{"first": n == 0, "last": n == last, "index": n + 1} for n in range(len(kept))]
        return [_Scope({**words, node.target.name: it, "loop": lp}, {}) for it, lp in zip(kept, loops, strict=True)]

    def _value(self, node: nodes.Expr, words: Mapping[str, object]) -> str:
        return self._run(nodes.Template([nodes.Output([node])]), words)

    def _run(self, made: nodes.Template, words: Mapping[str, object]) -> str:
        made.set_environment(self.environment)
        code = self.environment.compile(made)
        return Template.from_code(self.environment, code, self.environment.globals).render(words)

    def _name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"


def translated(content: bytes, words: Mapping[str, object], style: Style) -> tuple[bytes, dict[str, object]]:
    """One of our templates for one of the other programs, and the data that fills it."""
    compiled = compile_template("template", content)
    parts, data = parts_of(content), dict[str, object]()
    translator = _Translator(style)
    for part in compiled.programs:
        tags = translator.environment.parse(re.sub(r"\n<w:p([ >])", r"<w:p\1", part.source))
        parts[part.name] = translator.walk(tags.body, [_Scope(dict(words), data)], "").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, written in parts.items():
            package.writestr(name, written)
    return out.getvalue(), data


def measure(templates: Mapping[str, bytes], words: Mapping[str, object], rounds: int) -> dict[str, float] | str:
    """The median milliseconds of each program for each template, or why there are none."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return "npm and node are not installed here"
    folder = Path(tempfile.gettempdir()) / _FOLDER
    folder.mkdir(exist_ok=True)
    if not (folder / "node_modules" / "carbone").is_dir():
        try:
            done = subprocess.run(
                [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *PACKAGES],
                capture_output=True, timeout=300, cwd=folder, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "npm did not answer in time"
        if done.returncode:
            return "npm could not install them"
    return _run(folder, node, templates, words, rounds)


def _run(
    folder: Path, node: str, templates: Mapping[str, bytes], words: Mapping[str, object], rounds: int
) -> dict[str, float] | str:
    jobs = []
    styles: tuple[Style, ...] = ("carbone", "docxtemplater")
    for style in styles:
        for name, content in templates.items():
            made, data = translated(content, words, style)
            path = folder / f"{style} {name}.docx"
            path.write_bytes(made)
            jobs.append({"style": style, "name": name, "template": str(path), "data": data})
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    (folder / "run.js").write_text(_SCRIPT, encoding="utf-8")
    try:
        done = subprocess.run(
            [node, "run.js", str(rounds), "jobs.json"], cwd=folder, capture_output=True, text=True, timeout=600,
            check=False, env=dict(os.environ, NODE_PATH=str(folder / "node_modules")),
        )  # fmt: skip
        result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        return "they could not fill the templates"
    return result
