// What happens where the machine gives little: from 8 descriptors on (fewer cannot load the
// libraries) and without threads every command does its work as ever, or ends with exit code 8, the
// cause and what to do. Never by a signal, never late, and what it leaves is whole.
//   run.mjs [--bin PATH]
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const option = process.argv.indexOf("--bin")
const bin = option > 0 ? path.resolve(process.argv[option + 1]) : path.join(root, "build/attio")
const temp = fs.mkdtempSync(path.join(os.tmpdir(), "attio-limits-"))
process.on("exit", () => fs.rmSync(temp, {recursive: true, force: true}))

const LIMIT_MS = 20000
const few = Array.from({length: 33}, (_, i) => i + 8)
const enough = [63, 64, 256]
let passed = 0
let failed = 0

const expect = (holds, name, ran) => {
  if (holds) return passed++
  failed++
  console.log(`FAILED  ${name}: ${ran.signal ?? ran.code}\n${ran.text.replace(/^/gm, "        ")}`)
}

// Times are as they are, and each local server has a port of its own.
const plain = (text) =>
  text
    .replace(/\(?\b\d+ ms\)?/g, "N ms")
    .replace(/127\.0\.0\.1:\d+/g, "PORT")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")

// Runs a line of the shell in the app. `ready`: a text after which it is interrupted.
function run(app, line, {env = {}, ready} = {}) {
  return new Promise((done) => {
    const child = spawn("bash", ["-c", line], {
      cwd: app,
      env: {PATH: process.env.PATH, HOME: temp, LC_ALL: "C.UTF-8", ATTIO_CACHE_DIR: path.join(app, "../cache"), BIN: bin, ...env},
      stdio: ["ignore", "pipe", "pipe"],
    })
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS)
    // Apart: which of two pipes is read first is chance.
    const said = {stdout: "", stderr: ""}
    let asked = false
    for (const stream of Object.keys(said)) {
      child[stream].on("data", (data) => {
        said[stream] += data
        if (ready === undefined || asked || !ready.test(said[stream])) return
        asked = true
        // What cannot begin ends by itself.
        setTimeout(() => child.exitCode === null && child.kill("SIGINT"), said[stream].includes(" fix: ") ? 300 : 0)
      })
    }
    child.on("close", (code, signal) => {
      clearTimeout(timer)
      done({code, signal, text: plain(said.stdout + said.stderr), asked})
    })
  })
}

// All files of a folder with their contents; those of the store, and what tells times, are only counted.
function look(folder) {
  if (!fs.existsSync(folder)) return "none"
  return fs
    .readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((one) => !one.isDirectory())
    .map((one) => path.join(one.parentPath ?? one.path, one.name))
    .filter((file) => !file.includes(".git/") && !file.includes("node_modules"))
    .map((file) => `${path.relative(folder, file)} ${/platform.db|deploy.versions.json$/.test(file) ? "" : fs.readFileSync(file)}`)
    .sort()
    .join("\n")
}

// A store can be read, or was not begun.
function storeIsWhole(app) {
  const file = path.join(app, ".attio/local/platform.db")
  if (!fs.existsSync(file)) return true
  const check = `import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); sys.exit(c.execute("pragma integrity_check").fetchone()[0] != "ok")`
  try {
    execFileSync("python3", ["-c", check, file], {stdio: "ignore"})
    return true
  } catch (error) {
    return error.code === "ENOENT" // no python3 on this machine
  }
}

const told = (ran, cause) => ran.code === 8 && ran.text.includes(cause) && /^ +fix: /m.test(ran.text)

function clean(app) {
  for (const name of ["dist", ".attio", "new"]) fs.rmSync(path.join(app, name), {recursive: true, force: true})
}

const commands = [
  {line: "validate"},
  {line: "types", after: "types"},
  {line: "build --no-check", makes: ["dist"]},
  {line: "build", makes: ["dist"]},
  {line: "deploy --local --app app", makes: [".attio"]},
  {line: "version list --local --app app", after: "deploy --local --app app"},
  {line: "init new --no-git", makes: ["new"]},
  {line: "init new", makes: ["new"]},
  {line: "validate --baseline baseline.json", after: "validate --write-baseline=baseline.json"},
  {line: "validate --since HEAD~1", git: true},
  {line: "validate --staged", git: true},
  {line: "validate", git: true},
]

async function begin(app, command) {
  clean(app)
  if (command.git && !fs.existsSync(path.join(app, ".git"))) makeRepository(app)
  if (command.after !== undefined) await run(app, `exec "$BIN" ${command.after}`)
}

async function sweep(app, command) {
  await begin(app, command)
  const usual = await run(app, `exec "$BIN" ${command.line}`)
  const made = (command.makes ?? []).map((name) => look(path.join(app, name)))
  expect(usual.code === 0, command.line, usual)
  let worked = 0

  for (const count of [...few, ...enough]) {
    await begin(app, command)
    const ran = await run(app, `ulimit -n ${count}; exec "$BIN" ${command.line}`)
    const same = ran.code === 0 && ran.text === usual.text
    const whole = (command.makes ?? []).every((name, i) => {
      const now = look(path.join(app, name))
      return now === made[i] || (!same && (now === "none" || name === ".attio"))
    })
    worked += same
    expect((same || told(ran, "too many open files")) && whole && storeIsWhole(app), `${command.line} with ${count} descriptors`, ran)
  }
  expect(worked > 0, `${command.line} with enough of them`, usual)
}

async function sweepWatch(app, line, ready) {
  let worked = 0

  for (const count of [...few, ...enough]) {
    clean(app)
    const ran = await run(app, `ulimit -n ${count}; exec "$BIN" ${line}`, {ready})
    // A run that fails is told, and the watch goes on.
    const runs = ran.asked && ran.code === 0
    const same = runs && !ran.text.includes("error[")
    worked += same
    expect(same || told(runs ? {...ran, code: 8} : ran, "too many open files"), `${line} with ${count} descriptors`, ran)
  }
  expect(worked > 0, `${line} with enough of them`, {code: 0, text: ""})
}

async function sweepThreads(app, command, shim) {
  await begin(app, command)
  const usual = await run(app, `exec "$BIN" ${command.line}`)

  for (const count of [0, 1, 2]) {
    await begin(app, command)
    const ran = await run(app, `exec "$BIN" ${command.line}`, {env: {LD_PRELOAD: shim, REFUSE_THREADS: `${count}`}})
    const same = ran.code === 0 && ran.text === usual.text
    expect(same || ran.code === 8, `${command.line} with ${count} threads`, ran)
  }
}

// Deeper and wider than there are descriptors.
function makeApp(name) {
  const app = path.join(temp, name)
  execFileSync(bin, ["init", app, "--no-git"], {stdio: "ignore"})
  fs.symlinkSync(path.join(root, "tests/sdk/node_modules"), path.join(app, "node_modules"))
  for (let i = 0, folder = path.join(app, "src/deep"); i < 45; i++, folder = path.join(folder, "d")) {
    fs.mkdirSync(folder, {recursive: true})
    fs.writeFileSync(path.join(folder, `m${i}.ts`), `export const m${i} = ${i}\n`)
  }
  // One of each kind of file that is read, and a text that our parser asks esbuild about.
  const write = (file, text) => fs.writeFileSync(path.join(app, file), text)
  write("src/doubtful.ts", "declare const t: any\nexport const tagged = t<string>`x`\n")
  write("src/query.graphql", "query one { currentUser { id } }\n")
  write(".env", "GREETING=hello\n")
  write(".gitignore", ".env\nnode_modules\n.attio\ndist\n")
  fs.renameSync(path.join(app, "tsconfig.json"), path.join(app, "tsconfig.base.json"))
  write("tsconfig.json", `{"extends": "./tsconfig.base.json", "include": ["src", ".attio"]}\n`)
  return app
}

// Two commits, something staged, and something that is not.
function makeRepository(app) {
  const git = (...words) => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...words], {cwd: app, stdio: "ignore"})
  git("init", "-q")
  git("add", ".")
  git("commit", "-qm", "one")
  fs.writeFileSync(path.join(app, "src/second.ts"), "export const second = 2\n")
  git("add", ".")
  git("commit", "-qm", "two")
  fs.writeFileSync(path.join(app, "src/third.ts"), "export const third = 3\n")
  git("add", ".")
  fs.writeFileSync(path.join(app, "src/fourth.ts"), "export const fourth = 4\n")
}

const work = commands.map((command) => (app) => sweep(app, command))
work.push((app) => sweepWatch(app, "validate --watch", /0 errors| fix: /))
work.push((app) => sweepWatch(app, "build --watch --no-check", /waiting for changes| fix: /))
if (process.platform === "linux") {
  const shim = path.join(temp, "refuse.so")
  execFileSync("cc", ["-D_GNU_SOURCE", "-shared", "-fPIC", "-o", shim, path.join(root, "tests/limits/refuse.c"), "-ldl"])
  for (const command of commands) work.push((app) => sweepThreads(app, command, shim))
}
// Most of the time is waiting.
const hands = [1, 2, 3, 4].map(async (number) => {
  for (let next; (next = work.shift()) !== undefined; ) await next(makeApp(`app-${number}-${work.length}`))
})
await Promise.all(hands)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
