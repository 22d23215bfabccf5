// What a user at a screen is told of a surface: differences between two trees, applied again they give the second one;
// frames, limits.
import assert from "node:assert/strict"
import fs from "node:fs"
import test from "node:test"

// As modules, which older Nodes take a .js file for only where a package.json says so.
const read = (name) => fs.readFileSync(new URL(`../../lib/local/host/client/${name}`, import.meta.url), "utf8")
const address = (text) => `data:text/javascript,${encodeURIComponent(text)}`
const differing = address(read("difference.js"))
const {difference} = await import(differing)
const {most, Screen} = await import(address(read("screen.js").replace('"./difference.js"', JSON.stringify(differing))))

let seed = 1
const random = (n) => (seed = (seed * 48271) % 2147483647) % n

// As a page applies it.
function apply(nodes, changes) {
  const copy = structuredClone(nodes)
  const known = new Map()
  const index = (node) => {
    if (typeof node === "string") return
    known.set(node.id, node)
    node.children?.forEach(index)
  }
  copy.forEach(index)
  for (const {id, node} of changes) {
    const mine = known.get(id)
    const children = node.children?.map((one) => (one?.$ref === undefined ? one : known.get(one.$ref)))
    for (const name of Object.keys(mine)) delete mine[name]
    Object.assign(mine, structuredClone({...node, children: undefined}))
    delete mine.children
    if (children) mine.children = children
    index(mine)
  }
  return copy
}

let last = 0
const make = (depth) => ({
  id: ++last,
  type: ["A", "B"][random(2)],
  ...(random(2) ? {props: {n: random(3), long: "x".repeat(random(200))}} : {}),
  ...(depth > 0 && random(4) ? {children: Array.from({length: 1 + random(4)}, () => (random(4) ? make(depth - 1) : `t${random(3)}`))} : {}),
})

function change(node) {
  if (typeof node === "string") return random(3) ? node : `t${random(3)}`
  const out = {...node}
  if (random(5) === 0) out.props = {n: random(3)}
  if (out.children) {
    out.children = out.children.map(change).filter(() => random(8))
    if (random(6) === 0) out.children.reverse()
    if (random(6) === 0) out.children.push(make(1))
    if (out.children.length === 0) delete out.children
  }
  return out
}

test("a difference applied to the first tree gives the second", () => {
  let patches = 0
  for (let i = 0; i < 2000; i++) {
    const before = [make(4)]
    const after = before.map(change)
    const changes = difference(before, after)
    if (changes === undefined) continue
    patches++
    assert.deepEqual(apply(before, changes), after)
  }
  assert.ok(patches > 500)
})

test("nothing changed, everything changed", () => {
  const tree = [{id: 1, type: "A", children: ["x"]}]
  assert.deepEqual(difference(tree, structuredClone(tree)), [])
  assert.equal(difference(tree, [{id: 2, type: "A"}]), undefined)
  assert.equal(difference(tree, [{id: 1, type: "A", children: ["y"]}]), undefined) // the tree is shorter
})

function screen(trees) {
  const told = []
  const one = new Screen({look: (surface) => trees[surface](), tell: (surface, method, params) => told.push({method, ...params})})
  return {one, told}
}

test("a thousand commits at once are told as two trees or fewer", async () => {
  let n = 0
  const {one, told} = screen({s: () => [{id: 1, type: "A", props: {n, more: "x".repeat(300)}, children: [{id: 2, type: "B"}]}]})
  for (n = 0; n < 1000; n++) one.changed("s")
  n = 1000
  await new Promise((done) => setTimeout(done, 60))
  assert.deepEqual(told.map(({method}) => method), ["tree", "tree"])
  assert.equal(told[1].nodes[0].props.n, 1000)
})

test("the values of a configurator are told when they changed, and with each whole tree", () => {
  const told = []
  const changed = {id: 2, type: "B", props: {n: 0}}
  let values = {a: 1}
  const one = new Screen({
    look: () => [{id: 1, type: "A", props: {more: "x".repeat(300)}, children: [structuredClone(changed)]}],
    tell: (surface, method, {config}) => told.push([method, config]),
    config: (surface) => (surface === "s" ? values : undefined),
  })
  const show = () => one.show("s", one.shown.get("s"))
  one.changed("s")
  changed.props.n = 1
  show() // the tree changed, the values did not
  values = {a: 2}
  show() // the other way round
  show() // neither
  one.again("s")
  values = {a: "x".repeat(3 << 20)}
  changed.props.n = 2
  show() // more than a screen can take
  assert.deepEqual(told, [["tree", {a: 1}], ["patch", undefined], ["patch", {a: 2}], ["tree", {a: 2}], ["patch", undefined]])
})

test("somebody who missed something gets the whole tree", () => {
  const {one, told} = screen({s: () => [{id: 1, type: "A"}]})
  one.changed("s")
  one.again("s")
  assert.deepEqual(told.map(({method}) => method), ["tree", "tree"])
  one.closed("s")
  one.again("s")
  assert.equal(told.length, 2)
})

test("a tree that was cut is told once", () => {
  const {one, told} = screen({s: () => [{id: 1, type: "A"}, {id: -1, type: "Cut"}]})
  one.changed("s")
  one.again("s")
  assert.deepEqual(told.map(({method, code}) => code ?? method), ["tree-too-large", "tree", "tree"])
})

test("what a session shows in a second is counted", () => {
  const {one} = screen({})
  let shown = 0
  let first = 0
  for (let i = 0; i < 100000; i++) {
    if (one.lets("u")) shown++
    else if (one.isFirstLeftOut("u")) first++
  }
  assert.deepEqual([shown, first], [most, 1])
  assert.equal(one.lets("v"), true)
})
