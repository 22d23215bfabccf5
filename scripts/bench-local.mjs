// What the local platform costs, beside a bare Node: medians of wall time, and memory. Never fails
// because of a number; what is over its goal is marked.
import {spawn, spawnSync} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {rigApp, seedApp} from "../tests/platform/apps.mjs"
import {deliver} from "../tests/platform/deliveries.mjs"
import {Dev, within} from "../tests/platform/dev.mjs"
import {run} from "../tests/probes/probe.mjs"
import {Third} from "../tests/platform/third.mjs"

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const bin = path.resolve(root, process.argv[2] ?? "build", "attio")
const runs = Math.max(3, Number(process.env.RUNS) || 15)
const reloads = Math.max(20, Number(process.env.RELOADS) || 100)
const temporary = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-bench-local-")))
process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))

const rows = []
const add = (what, value, goal, over, beside = "") => rows.push([what, value, goal, over ? "OVER" : "ok", beside])
const ms = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
const times = (value) => `${value.toFixed(2)}x`
const now = () => Number(process.hrtime.bigint()) / 1e6

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

// What a test gets (tests/probes/suite.mjs), as far as it is used here.
function benchFor(name, fill) {
  const folder = path.join(temporary, name)
  const app = path.join(folder, "app")
  fs.mkdirSync(path.join(folder, "home"), {recursive: true})
  const env = {PATH: process.env.PATH, HOME: path.join(folder, "home"), LC_ALL: "C.UTF-8"}
  const bench = {
    ...{folder, app, bin, env},
    wrong: (text) => console.error(`${name}: ${text}`),
    same: (what, wanted, have) => {
      if (JSON.stringify(wanted) !== JSON.stringify(have)) console.error(`${name}: ${what}: ${have}`)
    },
    linkSdk: () => fs.symlinkSync(path.join(root, "tests/sdk/node_modules"), path.join(app, "node_modules")),
    write: (files) => {
      for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(app, file), text)
    },
    async json(...args) {
      const {stdout, stderr} = await run(bin, [...args, "--json"], {cwd: app, env})
      if (!stdout) throw new Error(stderr)
      return JSON.parse(stdout)
    },
  }
  fs.mkdirSync(app, {recursive: true})
  fill(bench)
  return bench
}

// From the start of a program to the first output that fits; then it is ended.
async function untilSaid(command, options, pattern) {
  const start = now()
  const child = spawn(command[0], command.slice(1), {...options, stdio: ["ignore", "pipe", "ignore"]})
  let text = ""
  const said = new Promise((done, fail) => {
    child.stdout.on("data", (part) => {
      text += part
      if (pattern.test(text)) done(now() - start)
    })
    child.on("close", () => fail(new Error(`${command.join(" ")} ended: ${text}`)))
  })
  const took = await within(command.join(" "), said)
  const ended = new Promise((done) => child.on("close", done))
  child.kill("SIGINT")
  await ended
  return took
}

async function many(count, one) {
  const values = []
  for (let i = -1; i < count; i++) {
    const value = await one()
    if (i >= 0) values.push(value) // the first one warms up
  }
  return median(values)
}

function whole(command, options) {
  const start = now()
  const {status, stderr} = spawnSync(command[0], command.slice(1), {...options, stdio: ["ignore", "ignore", "pipe"]})
  if (status !== 0) throw new Error(`${command.join(" ")}: ${stderr}`)
  return now() - start
}

const twoWorkers = `
const {Worker} = require("node:worker_threads")
const text = 'require("node:worker_threads").parentPort.postMessage(1)'
let ready = 0
for (let i = 0; i < 2; i++) {
  new Worker(text, {eval: true}).on("message", () => ++ready === 2 && console.log("ready"))
}
setInterval(() => {}, 1000)
process.on("SIGINT", () => process.exit(0))
`

async function starts() {
  const bench = benchFor("seed", seedApp)
  const own = {cwd: bench.app, env: bench.env}
  const node = process.execPath
  const bare = await many(runs, () => whole([node, "-e", "0"], own))
  const workers = await many(runs, () => untilSaid([node, "-e", twoWorkers], own, /ready/))
  const build = await many(runs, () => whole([bin, "build"], own))
  const dev = [bin, "dev", "--json", "--port", "0"]
  const ready = await many(runs, () => untilSaid(dev, own, /"event":\s*"ready"/))
  const slower = Math.max(workers, build)
  add("attio dev to ready", ms(ready), "1.3x", ready > 1.3 * slower, `${times(ready / slower)} of the slower: two Workers ${ms(workers)}, attio build ${ms(build)}`)

  const {record} = await bench.json("records", "create", "people", "--values", '{"name": "Mute, Max"}')
  const action = [bin, "action", "run", "send-to-alc", "--record", `people/${record.id.record_id}`, "--json"]
  const alone = await many(runs, () => whole(action, own))
  add("attio action run, alone", ms(alone), "3x", alone > 3 * bare, `${times(alone / bare)} of a bare Node, ${ms(bare)}`)
  const running = await new Dev(bench).ready()
  const beside = await many(runs, () => whole(action, own))
  add("attio action run, beside attio dev", ms(beside), "-", false, `${times(beside / bare)} of a bare Node`)
  await running.stop()
}

function post(agent, url, token, body) {
  return new Promise((done, fail) => {
    const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"}
    const sent = http.request(url, {method: body ? "POST" : "GET", agent, headers}, (answer) => {
      answer.resume().on("end", () => done(answer.statusCode))
    })
    sent.on("error", fail)
    sent.end(body)
  })
}

// One call after the other on one connection; what a request costs that does nothing is taken off.
async function calls(dev) {
  const agent = new http.Agent({keepAlive: true, maxSockets: 1})
  const body = JSON.stringify({module: "app/extensions/cross/describe.server", args: ["x"]})
  const timed = async (where, text) => {
    const start = now()
    const status = await post(agent, `${dev.url}/__attio/api${where}`, dev.secret, text)
    if (status !== 200) throw new Error(`${where} answers ${status}`)
    return now() - start
  }
  const call = await many(300, () => timed("/server/call", body))
  const nothing = await many(300, () => timed("/clock"))
  agent.destroy()
  const over = call - nothing
  add("server function call", ms(over), "1 ms", over > 1, `${ms(call)} over HTTP, less ${ms(nothing)} of a request`)
}

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024
const mib = (value) => `${value.toFixed(1)} MiB`

// V8 gives back some seconds later what Workers had that have ended (on Node 24 after eight).
const rest = () => new Promise((done) => setTimeout(done, 10_000))

async function memoryOf(dev) {
  return [memory(dev.child.pid), memory(await dev.hostPid())]
}

// From a changed file to the new code, beyond what the build itself took.
async function reload(dev, bench, number) {
  const file = path.join(bench.app, "src/app/extensions/rig/env.server.ts")
  const from = dev.lines.length
  const start = now()
  fs.writeFileSync(file, `export default async function env(name: string) { return name + ${number} }\n`)
  await dev.event("running", () => true, from)
  const took = now() - start
  const built = dev.lines.slice(from).find((one) => one.event === "build")
  return {took, over: took - (built?.ms ?? 0)}
}

async function work() {
  const bench = benchFor("rig", rigApp)
  const third = await new Third().start()
  const dev = await new Dev(bench, {routes: third.routes, args: ["--limits", "egress=off"]}).ready()
  const [ours, child] = await memoryOf(dev)
  add("our process when ready", mib(ours), "40 MiB", ours > 40)
  add("the child when ready", mib(child), "90 MiB", child > 90)
  await calls(dev)

  const seen = []
  for (let i = 0; i < 20; i++) seen.push(await reload(dev, bench, i))
  const over = median(seen.map((one) => one.over))
  add("changed file to new code", ms(median(seen.map((one) => one.took))), "rebuild + 100 ms", over > 100, `${ms(over)} more than the rebuild`)
  await rest()
  const [oursBefore, childBefore] = await memoryOf(dev)
  for (let i = 20; i < reloads; i++) await reload(dev, bench, i)
  const [, childBusy] = await memoryOf(dev)
  await rest()
  const [oursAfter, childAfter] = await memoryOf(dev)
  add(`our process after ${reloads} reloads`, mib(oursAfter), "flat, 40 MiB", oursAfter > Math.max(40, oursBefore * 1.25), `${mib(oursBefore)} after 20`)
  add(`the child after ${reloads} reloads`, mib(childAfter), "flat, 90 MiB", childAfter > Math.max(90, childBefore * 1.25), `${mib(childBefore)} after 20; ${mib(childBusy)} at once, without ten seconds of rest`)

  const {value: handler} = await bench.json("call", "app/extensions/rig/hooks.server", "--args", '["create", "hook"]')
  await deliver(handler.url, 0, 1000)
  const [oursFirst, childFirst] = await memoryOf(dev)
  const start = now()
  await deliver(handler.url, 1000, 2000)
  const rate = 1000 / ((now() - start) / 1000)
  const [oursSecond, childSecond] = await memoryOf(dev)
  add("1,000 deliveries, 50 at a time", `${rate.toFixed(0)} a second`, "-", false)
  add("our process after 2,000 deliveries", mib(oursSecond), "flat", oursSecond > oursFirst * 1.25, `${mib(oursFirst)} after 1,000`)
  add("the child after 2,000 deliveries", mib(childSecond), "flat", childSecond > childFirst * 1.25, `${mib(childFirst)} after 1,000`)
  await dev.stop()
  await third.stop()
}

function printTable(head, all) {
  const widths = head.map((_, column) => Math.max(...[head, ...all].map((row) => row[column].length)))
  for (const row of [head, ...all]) {
    console.log(row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd())
  }
}

for (const part of [starts, work]) {
  await part().catch((error) => console.error(`${part.name}: ${error.stack}`))
}
printTable(["the local platform", "median", "goal", "", "beside"], rows)
console.log(`${runs} runs each, ${process.version}, load ${os.loadavg()[0].toFixed(2)}`)
process.exit(0)
