// The runner's own test: a runner that lets mistakes pass would be worse than none.
// node --test tests/runner
import assert from "node:assert/strict"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import test from "node:test"
import {fileURLToPath} from "node:url"
import {runCase} from "./case.mjs"
import {checkJson, compareJson, compareText} from "./match.mjs"
import {parse, rewrite, unescape} from "./parse.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))

test("texts", () => {
  const fits = (expected, actual) => compareText(expected, actual) === undefined
  assert(fits("", ""))
  assert(fits("a\nb", "a\nb\n"))
  assert(!fits("a\nb", "a\nb"), "no newline at the end")
  assert(!fits("", "a\n"))
  assert(!fits("a", ""))
  assert(!fits("a", "a\n\n"))
  assert(fits("in {#} ms: {*}!", "in 12 ms: (a+b)!\n"))
  assert(!fits("in {#} ms", "in x ms\n"))
  assert(!fits("a.c", "abc\n"))
  assert(fits("...", ""))
  assert(fits("a\n...\nz", "a\nz\n"))
  assert(fits("...\nm\n...\nz", "a\nm\nb\nm\nz\n"))
  assert(!fits("a\n...\nz", "a\nb\n"))
  assert.equal(compareText("a\nb\nc", "a\nx\nc\n"), "  a\n- b\n+ x\n  c")
})

test("JSON", () => {
  const document = {ok: false, list: [{code: "A1", "odd key": null}], size: 12}
  const holds = (line) => checkJson(document, line) === undefined
  for (const line of [
    ".ok = false",
    ".list.length = 1",
    '.list[0].code = "A{#}"',
    '.list[-1]["odd key"] = null',
    ".list[1] missing",
    ".size > 11",
    ".size <= 12",
    '.list[0].code contains "1"',
    '.list = [{"code":"{*}","odd key":null}]',
    ".none missing",
    ".list[0] exists",
  ]) {
    assert(holds(line), line)
  }
  for (const line of [".ok = true", ".size < 12", ".none exists", ".list.length = 0", ". = {}"]) {
    assert(!holds(line), line)
  }
  assert.throws(() => checkJson(document, ".ok == false"))
  assert.equal(compareJson('{"a":1,"b":"{*}"}', '{"b":"x","a":1}'), undefined)
  assert(compareJson('{"a":1}', '{"a":1,"b":2}'))
  assert(compareJson('{"a":1}', "no json"))
})

test("case files", () => {
  const text = "# c\n-- about x\n-- run a\n-- stdout\nold\n\\-- b\n\n-- exit 1\n"
  const sections = parse(text)
  assert.deepEqual(sections[2].lines, ["old", "-- b"])
  assert.equal(
    rewrite(text, [{section: sections[2], text: "new\n--\n"}]),
    "# c\n-- about x\n-- run a\n-- stdout\nnew\n\\--\n\n-- exit 1\n",
  )
  assert.throws(() => parse("-- about x\n-- rnu a\n"), /line 2/)
  assert.throws(() => parse("-- about x\n"), /nothing is run/)
  assert.deepEqual([...unescape("a\\r\\xff\\\\n")], [97, 13, 255, 92, 110])
})

async function problemsOf(text, setting = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-runner-"))
  const file = path.join(folder, "x.case")
  fs.writeFileSync(file, `-- about x\n${text}`)
  const all = {root, bin: "/bin/true", limit: 10000, ...setting}
  const result = await runCase(file, all)
  const after = fs.readFileSync(file, "utf8")
  fs.rmSync(folder, {recursive: true})
  return {text: result.problems.join("\n"), after}
}

test("good cases pass", async () => {
  for (const text of [
    "-- run attio\n-- stdout\n-- stderr\n-- exit 0\n",
    "-- stdin\nhello\n-- run cat\n-- stdout\nhello\n",
    "-- file a/b escapes\nx\\r\n-- run cat a/b | od -An -c\n-- stdout\n   x  \\r  \\n\n",
    "-- run echo $HOME ${HOME}\n-- stdout\n{HOME} {HOME}\n",
    "-- sh touch $TMPDIR/a\n-- run true\n",
    "-- run kill -9 $$\n-- exit signal SIGKILL\n",
    "-- sh touch a\n-- run touch b\n-- files\na\nb\n-- unchanged a\n-- missing c\n",
    "-- http POST /x\nX-A: {*}\n!X-B\n\n{\"a\":1}\n-- reply 201 delay=10\nX-C: 1\n\n{\"b\":2}\n" +
      "-- run curl -s -w ' %{http_code}\\n' -H 'X-A: 1' -d '{\"a\": 1}' {MOCK}/x\n" +
      '-- stdout\n{"b":2} 201\n',
    "-- http GET /x times=2\n-- reply close\n-- run curl -s {MOCK}/x; curl -s {MOCK}/x\n-- exit 52\n",
  ]) {
    assert.equal((await problemsOf(text)).text, "", text)
  }
})

test("bad cases fail", async () => {
  for (const [text, expected, setting] of [
    ["-- run false\n", /exit code 1/],
    ["-- run true\n-- exit 1\n", /expected 1, was 0/],
    ["-- run kill -9 $$\n", /SIGKILL/],
    ["-- run echo a\n-- stdout\nb\n", /- b\n\+ a/],
    ["-- run echo a\n-- stdout\n", /\+ a/],
    ["-- run echo a >&2\n-- stderr\n", /\+ a/],
    ["-- run echo secret\n-- never secret\n", /was printed/],
    ["-- run echo '{}{}'\n-- json\n", /not one JSON/],
    ["-- run echo '{\"a\":1}'\n-- json\n.a = 2\n", /is 1/],
    ["-- file a\nx\n-- run echo y > a\n-- unchanged a\n", /- file 644 x\n\+ file 644 y/],
    ["-- file a\nx\n-- run true\n-- contains a\ny\n", /not in a/],
    ["-- file a\nx\n-- run true\n-- lacks a\nx\n", /still in a/],
    ["-- run touch a b\n-- files\na\n", /\+ b/],
    ["-- run true\n-- exists a\n", /missing: a/],
    ["-- run ln -s nowhere a\n-- missing a\n", /is there: a/],
    ["-- run sleep 100\n", /stopped after/, {limit: 300}],
    ["-- run sleep 100 &\n", /left processes/],
    ["-- run touch $TMPDIR/x\n", /temporary files/],
    ["-- run echo 'x: runtime error: y' >&2\n", /runtime error/],
    ["-- sh false\n-- run true\n", /sh failed/],
    ["-- app probe none-such\n-- run true\n", /no probe/],
    ["-- http GET /x\n-- reply 200\n-- run true\n", /did not come: GET \/x/],
    ["-- run curl -s {MOCK}/y\n", /unexpected request: GET \/y/],
    ["-- http POST /x\n\nb\n-- reply 200\n-- run curl -sd a {MOCK}/x\n", /\+ a/],
    ["-- http GET /x\nX-A: 1\n-- reply 200\n-- run curl -s {MOCK}/x\n", /missing/],
    ["-- http GET /x\n!Host\n-- reply 200\n-- run curl -s {MOCK}/x\n", /!Host/],
    ["-- file ../../x\n-- run true\n", /outside/],
  ]) {
    assert.match((await problemsOf(text, setting)).text, expected, text)
  }
})

test("UPDATE rewrites plain expectations only", async () => {
  const run = "-- run echo $PWD\n-- stdout\n"
  const plain = await problemsOf(`${run}old\n`, {update: true})
  assert.equal(plain.text, "")
  assert.equal(plain.after, `-- about x\n${run}{APP}\n`)
  assert.match((await problemsOf(`${run}old {*}\n`, {update: true})).text, /old/)
})
