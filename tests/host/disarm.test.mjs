// The outer side of a Worker when its power is taken out: whoever got hold of an error of it, or of its
// global object, finds nothing that makes code of a text, and can change no intrinsic.
import assert from "node:assert"
import {execFileSync} from "node:child_process"
import path from "node:path"
import test from "node:test"
import {pathToFileURL} from "node:url"
import {node, top} from "./host.mjs"

const disarm = pathToFileURL(path.join(top, "lib/local/host/disarm.js"))

// Runs where nothing else has run, and gives what it writes.
function after(text) {
  const program = `import {disarm} from "${disarm}"\ndisarm()\nconst found = []\n${text}\nprocess.stdout.write(JSON.stringify(found))`
  return JSON.parse(execFileSync(node, ["--no-warnings", "--input-type=module", "-e", program], {encoding: "utf8"}))
}

test("no name leads to what makes code of a text", () => {
  assert.deepStrictEqual(
    after(`for (const name of ["eval", "Function"]) if (name in globalThis) found.push(name)`),
    [],
  )
})

test("neither does anything that an error or a function leads to", () => {
  assert.deepStrictEqual(
    after(`
const seen = new Set()
const queue = [[new RangeError("x"), "error"], [JSON.parse, "function"], [async () => {}, "async"], [function* () {}, "generator"], [async function* () {}, "async generator"]]
while (queue.length > 0) {
  const [one, where] = queue.shift()
  if ((typeof one !== "object" && typeof one !== "function") || one === null || seen.has(one)) continue
  seen.add(one)
  if (typeof one === "function" && /^(eval|(Async)?(Generator)?Function)$/.test(one.name)) found.push(where)
  for (const key of Reflect.ownKeys(one)) {
    const {value, get, set} = Reflect.getOwnPropertyDescriptor(one, key)
    for (const part of [value, get, set]) queue.push([part, where + "." + String(key)])
  }
  queue.push([Reflect.getPrototypeOf(one), where + ".__proto__"])
}`),
    [],
  )
})

test("intrinsics stay as they are, and objects can still be given what intrinsics have", () => {
  assert.deepStrictEqual(
    after(`
for (const change of [() => { Array.prototype.push = 1 }, () => { Promise.prototype.then = 1 }, () => { Object.prototype.toString = 1 }, () => { JSON.parse = 1 }]) {
  try { change(); found.push(String(change)) } catch {}
}
const own = {}
own.toString = 1
if (own.toString !== 1) found.push("own")`),
    [],
  )
})
