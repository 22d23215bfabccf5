// Ctrl-C and its kin while something runs, to our process alone and to the whole foreground group, at many moments: the
// exit code that a shell tells, one document, no test that is blamed, no process and no folder that stays.
// `SWEEP=all` takes every signal to both at each moment; else each moment has one of them.
import {spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {templateApp} from "./apps.mjs"
import {Dev, groupMembers, until} from "./dev.mjs"

const signals = ["SIGINT", "SIGTERM", "SIGQUIT", "SIGHUP"]
const ways = signals.flatMap((signal) => [[signal, true], [signal, false]])
const moments = Number(process.env.MOMENTS ?? 12)
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

const rounds = Array.from({length: moments}, (_, n) => n).flatMap((n) =>
  (process.env.SWEEP === "all" ? ways : [ways[n % ways.length]]).map(([signal, group]) => ({moment: n, signal, group})))

const names = (folder, start) => fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.startsWith(start)) : []

// Ends a command by a signal, `moment` steps after `began` says that it is at work; the first moments do not wait for that.
async function ended(bench, words, {moment, signal, group}, began) {
  const child = spawn(bench.bin, words, {cwd: bench.app, env: bench.env, stdio: ["ignore", "pipe", "pipe"], detached: true})
  const text = {stdout: "", stderr: ""}
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (part) => (text[name] += part))
  let over = false
  const end = new Promise((done) => child.once("close", (code, by) => done((over = true) && {code: code ?? 128 + os.constants.signals[by], caught: by === null, ...text})))
  if (moment > 1) await until("its work", () => over || began())
  await pause((moment * 67) % 500)
  try {
    process.kill(group ? -child.pid : child.pid, signal)
  } catch {
    // it had ended
  }
  const result = await end
  await until(`the end of its processes after ${signal}`, () => groupMembers(child.pid).length === 0)
  return result
}

// What the run tells, whatever it was.
function checkEnd(bench, what, {signal}, {code, caught, stdout, stderr}) {
  if (code === 0) return null // it was faster
  bench.same(`${what}: exit code`, 128 + os.constants.signals[signal], code)
  if (!caught) {
    bench.same(`${what}: stdout`, "", stdout)
    return null
  }
  let document
  try {
    document = JSON.parse(stdout)
  } catch {
    bench.wrong(`${what}: no document: ${stdout}${stderr}`)
    return null
  }
  bench.same(`${what}: document`, [false, code, "interrupted"], [document.ok, document.exit, document.error?.kind])
  return document
}

// Each file is over or is told not to be: a reader of the report takes the run for no good one.
function checkUnfinished(bench, what, {tests, unfinished, summary, error}, report) {
  const all = [...unfinished, ...tests].map(({file}) => file)
  bench.same(`${what}: files`, [summary.files, true], [new Set(all).size, unfinished.length > 0])
  bench.same(`${what}: errors`, [unfinished.length, unfinished.length], [Number(report.match(/errors="(\d+)"/)[1]), (report.match(/<error message="interrupted">/g) ?? []).length])
  bench.same(`${what}: why`, unfinished.filter(({began}) => began).slice(0, 3).map(({file}) => file), error.why.split(/ (?:was|were) running/).slice(0, -1).flatMap((part) => [...part.matchAll(/`(.*?)`/g)].map(([, file]) => file)))
  bench.same(`${what}: fix`, true, error.fix !== "")
}

// Watching has no end of its own: Ctrl-C is its normal one, in every command that watches.
async function watched(bench) {
  await app(bench)
  bench.write({"tests/n1.test.mjs": slow})
  const runs = path.join(bench.app, ".attio/.runs")
  const began = {test: () => names(runs, "run-").length > 0, dev: () => names(path.join(bench.app, ".attio/local"), "run.json").length > 0}
  for (const words of [["test", "--watch"], ["validate", "--watch"], ["check", "--watch"], ["build", "--watch"], ["dev", "--port", "0"]])
    for (const [signal, group] of ways.slice(0, 4)) {
      const what = `${words.join(" ")}, ${signal} ${group ? "to all" : "alone"}`
      const result = await ended(bench, words, {moment: 5, signal, group}, began[words[0]] ?? (() => true))
      bench.same(`${what}: exit code`, signal === "SIGINT" ? 0 : 143, result.code)
      bench.same(`${what}: no error`, false, /error\[|interrupted/.test(result.stdout + result.stderr))
    }
}

async function app(bench) {
  fs.mkdirSync((bench.env.TMPDIR = path.join(bench.folder, "tmp")), {recursive: true})
  await templateApp(bench, "minimal")
}

const slow = `import {test} from "node:test"
import {start} from "#attio/testing"
test("quick", async () => {
  const app = await start()
  await app.runAction("say-hello", {record: "people/ada"})
  await app.stop()
})
test("never over", () => new Promise((done) => setTimeout(done, 60000)))
`

const tests = {
  "attio test": async (bench) => {
    await app(bench)
    const flow = fs.readFileSync(path.join(bench.app, "tests/say-hello.flow.json"))
    bench.write({"tests/n1.test.mjs": slow, "tests/n2.test.ts": slow, "tests/a.flow.json": flow, "tests/z.flow.json": flow})
    const runs = path.join(bench.app, ".attio/.runs")
    for (const round of rounds) {
      const what = `${round.signal} ${round.group ? "to all" : "alone"} at ${round.moment}`
      fs.rmSync(path.join(bench.app, "t.xml"), {force: true})
      const result = await ended(bench, ["test", "--json", "--report", "junit=t.xml"], round, () => names(runs, "run-").length > 0)
      const document = checkEnd(bench, what, round, result)
      if (round.moment > 1) bench.same(`${what}: a document`, true, document !== null)
      bench.same(`${what}: nobody is blamed`, [], (document?.tests ?? []).filter((one) => one.status === "failed").map((one) => one.message))
      bench.same(`${what}: what ran is in the report`, (document?.tests?.length ?? 0) + (document?.unfinished?.length ?? 0), (fs.existsSync(path.join(bench.app, "t.xml")) ? fs.readFileSync(path.join(bench.app, "t.xml"), "utf8").match(/<testcase /g) ?? [] : []).length)
      if (document !== null) checkUnfinished(bench, what, document, fs.readFileSync(path.join(bench.app, "t.xml"), "utf8"))
      bench.same(`${what}: folders`, [[], []], [names(runs, "run-"), fs.readdirSync(bench.env.TMPDIR)])
    }
  },
  "what watches": watched,
  "attio flow replay": async (bench) => {
    await app(bench)
    const words = ["flow", "replay", ...Array.from({length: 60}, () => "tests/say-hello.flow.json"), "--json"]
    for (const round of rounds) {
      const what = `${round.signal} ${round.group ? "to all" : "alone"} at ${round.moment}`
      checkEnd(bench, what, round, await ended(bench, words, round, () => names(bench.env.TMPDIR, "attio-flow").length > 0))
      bench.same(`${what}: folders`, [], fs.readdirSync(bench.env.TMPDIR))
    }
  },
  "attio action run": async (bench) => {
    await app(bench)
    bench.write({"src/app/extensions/say-hello/extension.ts": `import {Extensions} from "attio/client"
export default Extensions.defineExtension({type: "record-action", id: "say-hello", label: "Say hello", onTrigger: () => new Promise((done) => setTimeout(done, 20000))})
`})
    const words = ["action", "run", "say-hello", "--record", "people/ada", "--json"]
    for (const round of rounds) {
      const what = `${round.signal} ${round.group ? "to all" : "alone"} at ${round.moment}`
      checkEnd(bench, what, round, await ended(bench, words, round, () => names(path.join(bench.app, ".attio/local"), "platform.db").length > 0))
      bench.same(`${what}: folders`, [], fs.readdirSync(bench.env.TMPDIR))
    }
    bench.same("the next one works", 0, (await bench.json("records", "get", "people/ada")).code)
  },
  "four of attio dev at once get four ports, the first from the one that is promised": async (bench) => {
    const apps = await Promise.all([1, 2, 3, 4].map(async (n) => {
      const one = Object.assign(Object.create(Object.getPrototypeOf(bench)), bench, {app: path.join(bench.folder, `app-${n}`)})
      await templateApp(one, "minimal")
      return one
    }))
    const all = apps.map((one) => new Dev(one, {}, ["dev", "--json"]))
    await Promise.all(all.map((dev) => dev.ready()))
    const ports = all.map(({url}) => Number(new URL(url).port)).sort()
    bench.same("ports", 4, new Set(ports).size)
    bench.same("they are those that are looked at", [], ports.filter((port) => port < 8700 || port > 8731))
    const strict = await apps[0].attio("dev", "--json", "--port", String(ports[0]), "--state", "other")
    bench.same("a port that is asked for", 8, strict.code)
    await Promise.all(all.map((dev) => dev.stop()))
  },
}

export default tests
