// The page's side of a session: trees and patches by node id, toasts, dialogs, and the order of what the user does.
import assert from "node:assert/strict"
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import {createRequire} from "node:module"
import os from "node:os"
import path from "node:path"
import {after, test} from "node:test"
import {fileURLToPath} from "node:url"

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
const modules = path.join(top, "lib/deps/node_modules")
const [platform] = fs.readdirSync(path.join(modules, "@esbuild"))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "draw-"))
after(() => fs.rmSync(folder, {recursive: true}))

// The page's modules are for a browser: bundled, Node takes them too.
function load(name) {
  const out = path.join(folder, `${name}.cjs`)
  execFileSync(path.join(modules, "@esbuild", platform, "bin/esbuild"), ["--bundle", "--format=cjs", "--log-level=warning", `--outfile=${out}`, path.join(top, "lib/local/page/draw", `${name}.js`)], {env: {...process.env, NODE_PATH: modules}})
  return createRequire(out)(out)
}
const {Tree} = load("tree")
const {Session} = load("session")
const values = load("values")

const leaf = (id, label) => ({id, type: "Button", props: {label, onClick: {$fn: true}}})

test("a patch changes the node that it names and no other", () => {
  const tree = new Tree()
  tree.replace([{id: 1, type: "Stack", children: [leaf(2, "a"), leaf(3, "b"), "text"]}])
  const before = [1, 2, 3].map((id) => tree.cell(id).value)
  tree.patch([{id: 3, node: leaf(3, "c")}])
  assert.equal(tree.cell(1).value, before[0])
  assert.equal(tree.cell(2).value, before[1])
  assert.equal(tree.cell(3).value.props.label, "c")
  tree.patch([{id: 1, node: {id: 1, type: "Stack", children: [{$ref: 3}, leaf(4, "new"), {$ref: 2}]}}])
  assert.deepEqual(tree.cell(1).value.children, [3, 4, 2])
  assert.equal(tree.cell(2).value, before[1])
  // A whole tree that says the same changes nothing.
  const now = tree.cell(4).value
  tree.replace([{id: 1, type: "Stack", children: [leaf(3, "c"), leaf(4, "new"), leaf(2, "a")]}])
  assert.equal(tree.cell(4).value, now)
})

test("no tree is too deep or too large, and what is gone is forgotten", () => {
  const tree = new Tree()
  let deep = leaf(1, "end")
  for (let id = 2; id < 50_000; id++) deep = {id, type: "Card", children: [deep]}
  tree.replace([deep])
  assert.equal(tree.cell(1).value.props.label, "end")
  tree.replace(Array.from({length: 60_000}, (nothing, i) => leaf(100_000 + i, "row")))
  assert.ok(tree.cells.size <= 110_000)
  tree.replace([leaf(1, "only")])
  for (let round = 0; round < 3; round++) tree.replace(Array.from({length: 60_000}, (nothing, i) => leaf(200_000 + round * 60_000 + i, "row")))
  assert.ok(tree.cells.size < 190_000)
})

const session = (api = async () => ({})) => new Session({id: "s1", api})
const ui = (one, op, args) => one.receive({type: "ui", op, call: 1, ...args})

test("toasts: shown, changed, hidden, and shown again by an upsert alone", async () => {
  const one = session()
  ui(one, "toast.show", {id: "t1", variant: "neutral", title: "Uploading", durationMs: "Infinity", action: {label: "Stop", ref: "t1.action"}})
  assert.equal(one.toasts.value[0].durationMs, Infinity)
  ui(one, "toast.update", {id: "t1", title: "Done", durationMs: 4000, action: null})
  const [{title, durationMs, turn, action}] = one.toasts.value
  assert.deepEqual([title, durationMs, turn, action], ["Done", 4000, 2, undefined])
  ui(one, "toast.hide", {id: "t1"})
  ui(one, "toast.update", {id: "t1", title: "no"})
  // It is seen for a moment all the same.
  assert.deepEqual(one.toasts.value.map(({title}) => title), ["Done"])
  while (one.toasts.value.length > 0) await new Promise((turn) => setTimeout(turn, 20))
  ui(one, "toast.upsert", {id: "t1", title: "yes"})
  assert.deepEqual(one.toasts.value.map(({title}) => title), ["yes"])
  for (let i = 0; i < 10_000; i++) ui(one, "toast.show", {id: `n${i}`, title: "flood"})
  assert.ok(one.toasts.value.length <= 50)
})

test("dialogs and questions come and go", async () => {
  const asked = []
  const one = session(async (...args) => (asked.push(args), {}))
  ui(one, "dialog.open", {id: "d1", title: "First"})
  one.receive({type: "tree", surface: "d1", kind: "dialog", nodes: [leaf(1, "a")]})
  ui(one, "dialog.open", {id: "d2", title: "Second"})
  assert.deepEqual(one.dialogs.value.map(({title}) => title), ["First", "Second"])
  await one.close("d2")
  one.receive({type: "gone", surface: "d1"})
  assert.deepEqual([one.dialogs.value, one.surfaces.value], [[], []])
  one.receive({type: "ui", op: "confirm", call: 7, title: "Sure?"})
  await one.answer(7, true)
  assert.deepEqual(asked, [["DELETE", "/sessions/s1/surfaces/d2", undefined], ["POST", "/sessions/s1/answer", {call: 7, value: true}]])
  assert.equal(one.questions.value.length, 0)
})

test("a button that is pressed comes after what was typed before it", async () => {
  const order = []
  let typed
  const one = session((method, where, {fn}) => {
    order.push(fn)
    return fn === "onChange" ? new Promise((resolve) => (typed = resolve)) : Promise.resolve({value: 1})
  })
  one.input("d1", 1, "onChange", ["x"])
  const pressed = one.event("d1", 2, "onClick")
  await new Promise(setImmediate)
  assert.deepEqual(order, ["onChange"])
  typed({})
  assert.equal(await pressed, 1)
  assert.deepEqual(order, ["onChange", "onClick"])
})

test("what is no address leads nowhere, what is no colour is none", () => {
  const {address, color} = values
  for (const bad of ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "/etc", "", null, {}]) assert.equal(address(bad), undefined)
  assert.equal(address("https://a.example/x"), "https://a.example/x")
  for (const bad of ["red;}", "url(x)", "expression(1)", "var(--x)", 7]) assert.equal(color(bad), undefined)
  assert.equal(color("#10aAfF"), "#10aAfF")
})
