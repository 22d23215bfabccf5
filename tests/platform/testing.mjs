// `attio test`: the templates' own tests, failures, parts, reports, and what a killed run leaves.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {templateApp} from "./apps.mjs"
import {until} from "./dev.mjs"

const head = `import assert from "node:assert/strict"\nimport {test} from "node:test"\nimport {start} from "#attio/testing"\n`
const hello = (wanted) => `${head}test("says hello", async () => {
  const app = await start()
  try {
    const seen = await app.runAction("say-hello", {record: "people/ada"})
    assert.equal(seen.toasts[0].title, ${JSON.stringify(wanted)})
  } finally {
    await app.stop()
  }
})
`
const left = (bench) => fs.readdirSync(path.join(bench.app, ".attio/testing")).filter((name) => name.startsWith("run-"))
const statuses = ({tests = []}) => tests.map((one) => [one.file, one.status])

async function withApp(bench, files, template = "minimal") {
  await templateApp(bench, template)
  bench.write(files)
}

const tests = {
  "a failure tells what differs and where": async (bench) => {
    await withApp(bench, {"tests/say-hello.test.js": hello("Good evening")})
    const {code, summary, tests: found} = await bench.json("test")
    bench.same("counts", [1, 0, 1], [code, summary.passed, summary.failed])
    for (const part of ["Good evening", "Hello from My App", "say-hello.test.js:8:"]) {
      bench.same(`"${part}" in the message`, true, found[0].message.includes(part))
    }
    bench.same("nothing left", [], left(bench))
  },
  "TypeScript is bundled, and its own lines are told": async (bench) => {
    await withApp(bench, {"tests/typed.test.ts": hello("Good evening").replace("const app", "const app: any")})
    const {code, tests: found} = await bench.json("test", "tests/typed.test.ts")
    bench.same("the place", [1, true], [code, found[0].message.includes("typed.test.ts:8:")])
  },
  "parts are all files, each once; JUnit": async (bench) => {
    const files = Object.fromEntries([1, 2, 3, 4].map((n) => [`tests/n${n}.test.mjs`, hello(n === 3 ? "a < \"b\"" : "Hello from My App")]))
    await withApp(bench, files)
    const parts = await Promise.all([1, 2, 3].map((part) => bench.json("test", "--shard", `${part}/3`, "--report", `junit=p${part}.xml`)))
    const names = parts.flatMap((one) => statuses(one).map(([file]) => file))
    bench.same("the files", [...Object.keys(files), "tests/say-hello.test.js"].sort(), names.sort())
    const xml = [1, 2, 3].map((part) => fs.readFileSync(path.join(bench.app, `p${part}.xml`), "utf8")).join("")
    bench.same("test cases", [5, 1], [xml.match(/<testcase /g).length, xml.match(/<failure /g).length])
    bench.same("the difference, escaped", [true, false], [xml.includes("a &lt; "), xml.includes("a < ")])
    bench.same("no part", 2, (await bench.attio("test", "--shard", "4/3")).code)
  },
  "a request that no test expects is told, and one that did not come": async (bench) => {
    await withApp(bench, {"tests/quiet.test.js": `${head}test("quiet", async () => {
  const app = await start()
  app.expectRequest("POST", "https://api.acme.test/x")
  await app.stop()
})
`})
    const {code, tests: found} = await bench.json("test", "tests/quiet.test.js")
    bench.same("the message", [1, true, true], [code, /came 0 times, not 1/.test(found[0].message), found[0].message.includes("quiet.test.js:6:")])
  },
}

const covered = {"lead-checker": ["connection-removed"], minimal: [], widget: [], workflow: ["lead-processed"]}
for (const [template, missing] of Object.entries(covered)) {
  tests[`${template}: its own tests, and what they do not run`] = async (bench) => {
    await templateApp(bench, template)
    const {code, summary, cover} = await bench.json("test", "--cover")
    bench.same("passed", [0, 0], [code, summary.failed])
    bench.same("not run", missing, cover.items.filter((one) => !one.ran).map((one) => one.name))
  }
}

export default tests
