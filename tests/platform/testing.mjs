// `attio test`: the templates' own tests, failures, parts, reports, and what a killed run leaves.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {templateApp} from "./apps.mjs"
import {groupMembers, until} from "./dev.mjs"

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
const left = (bench) => {
  const folder = path.join(bench.app, ".attio/.runs")
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.startsWith("run-")) : []
}
const statuses = ({tests = []}) => tests.map((one) => [one.file, one.status])

async function withApp(bench, files, template = "minimal") {
  await templateApp(bench, template)
  bench.write(files)
}

// The action of the template, as a file.
async function flowFile(bench, name) {
  await bench.json("action", "run", "say-hello", "--record", "people/ada")
  const {code} = await bench.json("flow", "save", "last", name)
  if (code !== 0) throw new Error("the flow cannot be saved")
  return fs.readFileSync(path.join(bench.app, name), "utf8")
}

const tests = {
  "flow files: many in a batch, each with a verdict of its own": async (bench) => {
    await withApp(bench, {})
    const text = await flowFile(bench, "tests/f00.flow.json")
    const names = Array.from({length: 30}, (_, n) => `tests/f${String(n).padStart(2, "0")}.flow.json`)
    const other = {[names[4]]: text.replaceAll("Hello from My App", "Good evening"), [names[20]]: "{"}
    bench.write(Object.fromEntries(names.map((name) => [name, other[name] ?? text])))
    const {code, tests: found, cover} = await bench.json("test", ...names, "--cover")
    bench.same("all of them", [1, names, 100], [code, found.map((one) => one.file), cover.percent])
    bench.same("failed", [names[4], names[20]], found.filter((one) => one.status === "failed").map((one) => one.file))
    bench.same("what differs", [true, true], ["Good evening", "Hello from My App"].map((part) => found[4].message.includes(part)))
    bench.same("what is no file", true, /^tests\/f20\.flow\.json:\d+:\d+: /.test(found[20].message))
    bench.write({"src/app/extensions/say-hello/extension.ts": "const = 7"})
    const broken = await bench.json("test", names[0], names[1])
    bench.same("an app that does not build", [1, 2], [broken.code, broken.summary?.failed])
    bench.same("nothing left", [], left(bench))
  },
  "a failure tells what differs and where": async (bench) => {
    await withApp(bench, {"tests/say-hello.test.mjs": hello("Good evening")})
    const {code, summary, tests: found} = await bench.json("test")
    bench.same("counts", [1, 1, 1], [code, summary.passed, summary.failed])
    const {message} = found.find(({status}) => status === "failed")
    for (const part of ["Good evening", "Hello from My App", "say-hello.test.mjs:8:"]) {
      bench.same(`"${part}" in the message`, true, message.includes(part))
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
    bench.same("the files", [...Object.keys(files), "tests/say-hello.flow.json", "tests/say-hello.test.mjs"].sort(), names.sort())
    const xml = [1, 2, 3].map((part) => fs.readFileSync(path.join(bench.app, `p${part}.xml`), "utf8")).join("")
    bench.same("test cases", [6, 1], [xml.match(/<testcase /g).length, xml.match(/<failure /g).length])
    bench.same("the difference, escaped", [true, false], [xml.includes("a &lt; "), xml.includes("a < ")])
    bench.same("no part", 2, (await bench.attio("test", "--shard", "4/3")).code)
  },
  "a request that no test expects is told, and one that did not come": async (bench) => {
    await withApp(bench, {"tests/quiet.test.mjs": `${head}test("quiet", async () => {
  const app = await start()
  app.expectRequest("POST", "https://api.acme.test/x")
  await app.stop()
})
`})
    const {code, tests: found} = await bench.json("test", "tests/quiet.test.mjs")
    bench.same("the message", [1, true, true], [code, /came 0 times, not 1/.test(found[0].message), found[0].message.includes("quiet.test.mjs:6:")])
  },
}

const kills = Number(process.env.KILLS ?? 12)
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// Kills a run, or one of its platforms, at some moment, and what comes next finds nothing of it.
async function killed(bench, round, whom) {
  const child = spawn(bench.bin, ["test", "--jobs", "4"], {cwd: bench.app, env: bench.env, stdio: "ignore", detached: true})
  const ended = new Promise((done) => child.once("exit", done))
  await pause((round * 137) % 1000)
  const members = groupMembers(child.pid)
  const victim = whom === "run" ? child.pid : members[(round * 7) % members.length]
  try {
    process.kill(victim ?? child.pid, "SIGKILL")
  } catch {
    // it had ended
  }
  await ended
  const {code, summary} = await bench.json("test", "tests/say-hello.test.mjs")
  bench.same(`round ${round}: the next run`, [0, 1, []], [code, summary?.passed, left(bench)])
  await until("the end of the killed run's processes", () => groupMembers(child.pid).length === 0)
  bench.same(`round ${round}: folders of the system`, [], fs.readdirSync(bench.env.TMPDIR))
}

for (const whom of ["run", "process of it"]) {
  tests[`SIGKILL of a ${whom} at ${kills} moments: the next one is clean`] = async (bench) => {
    fs.mkdirSync((bench.env.TMPDIR = path.join(bench.folder, "tmp")), {recursive: true})
    const files = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`tests/n${n}.test.mjs`, hello("Hello from My App")]))
    await withApp(bench, files)
    await flowFile(bench, "tests/a.flow.json")
    for (const name of ["b", "o"]) fs.copyFileSync(path.join(bench.app, "tests/a.flow.json"), path.join(bench.app, `tests/${name}.flow.json`))
    for (let round = 0; round < kills && bench.problems.length === 0; round++) await killed(bench, round, whom)
  }
}

tests["SIGINT, SIGTERM and SIGHUP end a run and all of it, whatever its tests do"] = async (bench) => {
  fs.mkdirSync((bench.env.TMPDIR = path.join(bench.folder, "tmp")), {recursive: true})
  await withApp(bench, {"tests/loop.test.mjs": `${head}test("loops", () => { for (;;); })\n`, "tests/typed.test.ts": hello("Hello from My App")})
  for (const [round, signal] of ["SIGINT", "SIGTERM", "SIGHUP"].entries()) {
    const child = spawn(bench.bin, ["test", "--jobs", "4"], {cwd: bench.app, env: bench.env, stdio: "ignore", detached: true})
    const ended = new Promise((done) => child.once("exit", done))
    await until("a platform", () => left(bench).length > 0)
    await pause(round * 300)
    child.kill(signal)
    bench.same(`${signal}: exit code`, {SIGINT: 130, SIGTERM: 143, SIGHUP: 129}[signal], await ended)
    await until("the end of its processes", () => groupMembers(child.pid).length === 0)
    bench.same(`${signal}: nothing left`, [[], []], [left(bench), fs.readdirSync(bench.env.TMPDIR)])
  }
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
