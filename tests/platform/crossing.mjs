// Every value crosses between client and server as JSON makes of it: in both directions, through all
// that carries it. What is expected is computed here, with the app's own list of values.
import fs from "node:fs"
import path from "node:path"
import {withRig} from "./failures.mjs"

// The app's list, as JavaScript: TypeScript's annotations are few and plain there.
async function oddValues(bench) {
  const text = fs.readFileSync(path.join(bench.app, "src/app/extensions/cross/values.ts"), "utf8")
  const plain = text
    .replace(": Record<string, () => unknown>", "")
    .replace(": Record<string, unknown>", "")
    .replace("(value: unknown): string", "(value)")
    .replace("let value: unknown", "let value")
  const file = path.join(bench.folder, "values.mjs")
  fs.writeFileSync(file, plain)
  return import(file)
}

// By JSON's rules: a value that JSON has no text for arrives as undefined.
function expected(tell, make) {
  try {
    const text = JSON.stringify(make())
    return tell(text === undefined ? undefined : JSON.parse(text))
  } catch (error) {
    return `throws ${error.name}`
  }
}

const lossless = new Set([
  ...["null", "empty", "numbers", "text", "zero character", "half a character", "keys", "proto"],
  ...["deep", "long", "wide"],
])

export default {
  "values cross as JSON makes of them": (bench) =>
    withRig(bench, async (dev) => {
      const {odd, tell} = await oddValues(bench)
      const run = await dev.attio("action", "run", "cross", "--record", "people/ada")
      bench.same("the action", [0, true, null], [run.code, run.ok, run.error ?? null])
      const seen = JSON.parse(run.toasts?.find((one) => one.title === "crossed")?.text ?? "{}")
      for (const [kind, make] of Object.entries(odd)) {
        const wanted = expected(tell, make)
        // An argument that JSON has no text for is null in the list of arguments.
        const argument = wanted === "undefined" ? "null" : wanted
        const up = wanted.startsWith("throws") ? wanted : `${argument} then "last"`
        bench.same(`${kind}, to the server`, up, seen[kind]?.up)
        bench.same(`${kind}, to the client`, wanted, seen[kind]?.down)
      }
    }),

  "what is lost is told": (bench) =>
    withRig(bench, async (dev) => {
      const {odd} = await oddValues(bench)
      const kinds = {date: "", map: "", set: "", "function in an object": "f", error: "e"}
      for (const [kind, at] of Object.entries(kinds)) {
        const {lossy, warnings = [], flow} = await dev.attio("call", "app/extensions/cross/make.server", "--args", JSON.stringify([kind]))
        bench.same(`${kind} is told`, true, (lossy ?? []).some((one) => String(one.path).includes(at)))
        bench.same(`${kind} is warned of`, lossy.map(({path}) => ["lossy-crossing", path]), warnings.map(({code, text}) => [code, text.split(" ")[0]]))
        const {nodes} = await dev.attio("flow", "show", flow)
        bench.same(`${kind} is in the flow`, warnings, nodes.flatMap((node) => node.notes))
        bench.same(`${kind} is in the stream`, warnings, dev.lines.filter((line) => line.event === "warning" && line.flow === flow).map(({code, text}) => ({code, text})))
      }
      const run = await dev.attio("action", "run", "cross", "--record", "people/ada")
      bench.same("the action is warned too", true, run.warnings?.some(({code}) => code === "lossy-crossing"))
      for (const kind of Object.keys(odd).filter((one) => lossless.has(one))) {
        const {lossy} = await dev.attio("call", "app/extensions/cross/make.server", "--args", JSON.stringify([kind]))
        bench.same(`${kind} loses nothing`, [], lossy ?? [])
      }
    }),

  "arguments of attio call arrive as they are": (bench) =>
    withRig(bench, async (dev) => {
      const args = [null, 0.1, "é\u0001😀", {"": [true]}, []]
      const {value} = await dev.attio("call", "app/extensions/cross/describe.server", "--args", JSON.stringify(args))
      bench.same("arguments", args.map((one) => JSON.stringify(one)), value)
    }),
}
