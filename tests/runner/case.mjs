// Runs one case: its sections in order, in a folder of its own.
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {checkJson, compareText, difference, hasPattern} from "./match.mjs"
import {Mock, parseReply, parseRequest, parseSocket} from "./mock.mjs"
import {readProbe, writeFiles} from "../probes/apps.mjs"
import {fileContent, parse, rewrite, unescape, words} from "./parse.mjs"

const groups = new Set() // process ids of running commands, each the leader of its group
const folders = new Set()

export function killAll() {
  for (const pid of groups) killGroup(pid)
  for (const folder of folders) fs.rmSync(folder, {recursive: true, force: true})
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL")
    return true
  } catch {
    return false // nobody is left
  }
}

// A dead process that nobody has asked about (in containers without an init) counts as gone.
function groupLives(pid) {
  try {
    process.kill(-pid, 0)
  } catch {
    return false
  }
  const all = execFileSync("ps", ["-A", "-o", "pgid=,stat="], {encoding: "utf8"})
  return all.split("\n").some((line) => {
    const [group, state] = line.trim().split(/\s+/)
    return Number(group) === pid && !state.startsWith("Z")
  })
}

// Whether the last process of the group ends in time: a helper may outlive its parent by a moment.
async function groupEnds(pid, patience) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    if (!groupLives(pid)) return true
    await new Promise((done) => setTimeout(done, 10))
  }
  return false
}

// Files below `folder`, `/` separated and sorted, without what git and npm keep there.
function listFiles(folder, below = "") {
  const found = []
  for (const entry of fs.readdirSync(path.join(folder, below), {withFileTypes: true})) {
    const name = below ? `${below}/${entry.name}` : entry.name
    if (entry.name === ".git" || entry.name === "node_modules") continue
    if (entry.isDirectory()) found.push(...listFiles(folder, name))
    else found.push(name)
  }
  return found.sort()
}

// Everything that can be seen of a file or tree, as a text.
function snapshot(whole) {
  const stat = fs.lstatSync(whole, {throwIfNoEntry: false})
  if (!stat) return "missing"
  const mode = (stat.mode & 0o7777).toString(8)
  if (stat.isSymbolicLink()) return `link to ${fs.readlinkSync(whole)}`
  if (stat.isFile()) return `file ${mode} ${fs.readFileSync(whole, "latin1")}`
  if (!stat.isDirectory()) return `other ${mode}`
  const inside = fs.readdirSync(whole).sort()
  return `folder ${mode}\n${inside.map((n) => `${n}: ${snapshot(path.join(whole, n))}`).join("\n")}`
}

class Case {
  problems = []
  changes = []
  result = undefined // of the last run
  said = "" // by all runs
  mock = new Mock()

  constructor(file, setting) {
    this.file = file
    this.setting = setting
    this.text = fs.readFileSync(file, "utf8")
    this.sections = parse(this.text)
    this.about = this.sections[0].arg
  }

  async prepare() {
    this.tmp = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-case-")))
    folders.add(this.tmp)
    fs.chmodSync(this.tmp, 0o755) // cases may run commands as another user
    for (const name of ["app", "home", "tmp"]) fs.mkdirSync(path.join(this.tmp, name))
    this.app = path.join(this.tmp, "app")
    if (this.sections.some((one) => one.name === "http") || this.text.includes("{MOCK}")) {
      await this.mock.start(this.app)
    }
    if (this.text.includes("{MOCKS}")) await this.mock.startSecure(this.tmp)
    const node = path.dirname(process.execPath)
    this.env = {
      PATH: `${this.binFolder(this.setting.bin)}:/usr/local/bin:/usr/bin:/bin:${node}`,
      HOME: path.join(this.tmp, "home"),
      TMPDIR: path.join(this.tmp, "tmp"),
      LC_ALL: "C.UTF-8",
      TERM: "dumb",
    }
    for (const name of ["ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"]) {
      if (process.env[name]) this.env[name] = process.env[name]
    }
  }

  // The program must be found as `attio`, whatever its file is called.
  binFolder(bin) {
    if (path.basename(bin) === "attio") return path.dirname(bin)
    const folder = path.join(this.tmp, "bin")
    fs.mkdirSync(folder)
    fs.symlinkSync(bin, path.join(folder, "attio"))
    return folder
  }

  variables() {
    const root = process.getuid?.() === 0 && process.platform === "linux"
    return {
      APP: this.app,
      HOME: path.join(this.tmp, "home"),
      TMP: this.tmp,
      BIN: this.setting.bin,
      ROOT: this.setting.root,
      MOCK: this.mock.url ?? "",
      MOCKAT: (this.mock.url ?? "").replace("://", "-"),
      MOCKS: this.mock.secureUrl ?? "",
      CA: this.mock.ca ?? "",
      VERSION: fs.readFileSync(path.join(this.setting.root, "VERSION"), "utf8").trim(),
      // Root stays the owner but may no more than others: the source tree may lie in its home.
      UNPRIVILEGED: root ? "setpriv --bounding-set=-all --inh-caps=-all --" : "",
    }
  }

  // {NAME} becomes its value; ${NAME} is the shell's and stays.
  fill(text) {
    const values = this.variables()
    return text.replace(/(?<!\$)\{([A-Z]+)\}/g, (all, name) => values[name] ?? all)
  }

  unfill(text) {
    const {APP, HOME, TMP, MOCK, BIN, ROOT} = this.variables()
    for (const [name, value] of Object.entries({APP, HOME, TMP, MOCK, BIN, ROOT})) {
      if (value) text = text.replaceAll(value, `{${name}}`)
    }
    return text
  }

  at(name) {
    const whole = path.resolve(this.app, this.fill(name))
    if (!whole.startsWith(this.tmp)) throw new Error(`${name} is outside the case's folder`)
    return whole
  }

  wrong(section, text) {
    this.problems.push(`line ${section.at}: ${section.name}\n${text}`)
  }

  script(section) {
    return this.fill([section.arg, ...section.lines].join("\n"))
  }

  async spawn(script) {
    const child = spawn("bash", ["-c", script], {
      cwd: this.app,
      env: this.env,
      detached: true,
      stdio: [this.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    })
    groups.add(child.pid)
    this.mock.interrupt = () => process.kill(-child.pid, "SIGINT")
    const out = {stdout: [], stderr: []}
    for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => out[name].push(data))
    if (this.stdin !== undefined) {
      child.stdin.on("error", () => {}) // the command need not read it
      child.stdin.end(this.stdin)
      this.stdin = undefined
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      killGroup(child.pid)
    }, Math.max(0, this.deadline - Date.now()))
    const exited = new Promise((done) => child.on("exit", (code, signal) => done({code, signal})))
    const closed = new Promise((done) => child.on("close", done))
    const {code, signal} = await exited
    let patience
    await Promise.race([closed, new Promise((done) => (patience = setTimeout(done, 1000)))])
    clearTimeout(patience)
    clearTimeout(timer)
    const stray = !(await groupEnds(child.pid, 1000)) && killGroup(child.pid)
    await closed
    groups.delete(child.pid)
    const text = (name) => Buffer.concat(out[name]).toString()
    return {script, code, signal, late, stray, stdout: text("stdout"), stderr: text("stderr")}
  }

  checkRun(section, next) {
    const run = this.result
    if (run.late) this.wrong(section, `stopped after ${this.setting.limit / 1000} s`)
    else if (run.stray) this.wrong(section, "left processes behind")
    if (run.signal && !run.late && !next.some((one) => one.arg === `signal ${run.signal}`)) {
      this.wrong(section, `ended by ${run.signal}\n${run.stderr}`)
    }
    if (/(Address|Leak|Thread)Sanitizer|runtime error:/.test(run.stderr)) {
      this.wrong(section, run.stderr)
    }
    const exit = next.find((one) => one.name === "exit")
    if (!exit && run.code !== 0 && !run.signal) {
      this.wrong(section, `exit code ${run.code}\n${run.stderr}`)
    }
    const left = this.temporaryFiles().filter((name) => !this.temporary.includes(name))
    if (left.length) this.wrong(section, `temporary files are left: ${left.join(" ")}`)
  }

  temporaryFiles() {
    // A program with the race detector makes files of its own, which stay when it is killed.
    return fs.readdirSync(path.join(this.tmp, "tmp")).filter((name) => !name.startsWith("tsan."))
  }

  // The checks that belong to a run: everything up to the next one.
  following(index) {
    const rest = this.sections.slice(index + 1)
    const end = rest.findIndex((one) => one.name === "run")
    return end < 0 ? rest : rest.slice(0, end)
  }

  compareStream(section, text) {
    const expected = this.fill(section.lines.join("\n"))
    const wrong = compareText(expected, text)
    if (!wrong) return
    if (this.setting.update && !hasPattern(expected) && (!text || text.endsWith("\n"))) {
      this.changes.push({section, text: this.unfill(text)})
    } else this.wrong(section, wrong)
  }

  checkDocument(section, text) {
    let document
    try {
      document = JSON.parse(text)
    } catch {
      return this.wrong(section, `not one JSON document: ${text.slice(0, 1000) || "(empty)"}`)
    }
    if (!text.endsWith("\n")) this.wrong(section, "no newline at the end")
    for (const line of section.lines.filter((one) => one.trim())) {
      const wrong = checkJson(document, this.fill(line))
      if (wrong) this.wrong(section, wrong)
    }
  }

  checkLines(section, present) {
    const text = fs.readFileSync(this.at(words(section.arg)[0]), "utf8")
    for (const line of section.lines) {
      if (text.includes(this.fill(line)) !== present) {
        this.wrong(section, `${present ? "not in" : "still in"} ${section.arg}: ${line}`)
      }
    }
  }

  paths(section) {
    return [...words(section.arg), ...section.lines.filter((line) => line.trim())]
  }

  handlers = {
    about: () => {},
    app: (section) => this.startFrom(section),
    sdk: () => this.linkSdk(),
    file: (section) => this.writeFile(section),
    env: (section) => {
      for (const line of [section.arg, ...section.lines].filter((one) => one.trim())) {
        const [name, value] = this.fill(line).split(/=(.*)/s)
        if (value === undefined) delete this.env[name.replace(/^-/, "")]
        else this.env[name] = value
      }
    },
    stdin: (section) => {
      const text = section.lines.map((line) => `${line}\n`).join("")
      this.stdin = section.arg === "escapes" ? unescape(text.replace(/\n$/, "")) : text
    },
    sh: async (section) => {
      const run = await this.spawn(this.script(section))
      if (run.code !== 0) throw new Error(`sh failed: ${run.script}\n${run.stderr}`)
    },
    http: (section, next) => {
      if (next?.name !== "reply") throw new Error(`line ${section.at}: -- http without -- reply`)
      const filled = (one) => [this.fill(one.arg), this.fill(one.lines.join("\n")).split("\n")]
      const lines = (one) => (one.lines.length ? filled(one)[1] : [])
      this.mock.expect(
        parseRequest(filled(section)[0], lines(section)),
        parseReply(filled(next)[0], lines(next)),
      )
    },
    reply: () => {},
    socket: (section) => {
      this.mock.expectSocket(parseSocket(this.fill(section.arg), section.lines.map((line) => this.fill(line))))
    },
    run: async (section, _next, index) => {
      const checks = this.following(index)
      this.before = new Map()
      for (const one of checks.filter((check) => check.name === "unchanged")) {
        for (const name of this.paths(one)) this.before.set(name, snapshot(this.at(name)))
      }
      this.temporary = this.temporaryFiles()
      this.result = await this.spawn(this.script(section))
      this.checkRun(section, checks)
      for (const problem of this.mock.problems()) this.wrong(section, problem)
      this.said += this.result.stdout + this.result.stderr
    },
    exit: (section) => {
      const {code, signal} = this.result
      const have = signal ? `signal ${signal}` : String(code)
      if (have !== section.arg) {
        this.wrong(section, `expected ${section.arg}, was ${have}\n${this.result.stderr}`)
      }
    },
    stdout: (section) => this.compareStream(section, this.result.stdout),
    stderr: (section) => this.compareStream(section, this.result.stderr),
    json: (section) => this.checkDocument(section, this.result.stdout),
    "json-file": (section) =>
      this.checkDocument(section, fs.readFileSync(this.at(words(section.arg)[0]), "utf8")),
    exists: (section) => {
      for (const name of this.paths(section)) {
        if (!fs.existsSync(this.at(name))) this.wrong(section, `missing: ${name}`)
      }
    },
    missing: (section) => {
      for (const name of this.paths(section)) {
        if (fs.lstatSync(this.at(name), {throwIfNoEntry: false})) {
          this.wrong(section, `is there: ${name}`)
        }
      }
    },
    files: (section) => {
      const have = listFiles(this.at(words(section.arg)[0] ?? "."))
      const wrong = compareText(section.lines.join("\n"), have.map((name) => `${name}\n`).join(""))
      if (wrong) this.wrong(section, wrong)
    },
    text: (section) => {
      const text = fs.readFileSync(this.at(words(section.arg)[0]), "utf8")
      const wrong = compareText(this.fill(section.lines.join("\n")), text)
      if (wrong) this.wrong(section, wrong)
    },
    contains: (section) => this.checkLines(section, true),
    lacks: (section) => this.checkLines(section, false),
    unchanged: (section) => {
      for (const name of this.paths(section)) {
        const now = snapshot(this.at(name))
        if (now !== this.before.get(name)) {
          const [old, fresh] = [this.before.get(name), now].map((text) => text.split("\n"))
          this.wrong(section, `${name} has changed\n${difference(old, fresh)}`)
        }
      }
    },
    never: (section) => {
      for (const text of [section.arg, ...section.lines].filter(Boolean)) {
        if (this.said.includes(this.fill(text))) this.wrong(section, `was printed: ${text}`)
      }
    },
  }

  startFrom(section) {
    const [kind, name, how] = words(section.arg)
    const {root} = this.setting
    if (kind === "empty") return
    if (kind === "probe") {
      writeFiles(readProbe(name).files, this.app)
    } else if (kind === "template") {
      this.copyTemplate(path.join(root, "templates", name))
      if (how !== "bare") this.linkSdk()
    } else throw new Error(`-- app ${section.arg}: expected template, probe or empty`)
  }

  // As `attio init my-app` would, so that other commands' cases do not depend on it.
  copyTemplate(folder) {
    for (const name of listFiles(folder)) {
      if (name === "template.json") continue
      const to = path.join(this.app, name.replace(/(^|\/)dot-/, "$1."))
      const text = fs.readFileSync(path.join(folder, name), "utf8")
      fs.mkdirSync(path.dirname(to), {recursive: true})
      fs.writeFileSync(to, text.replaceAll("{{slug}}", "my-app").replaceAll("{{title}}", "My App"))
    }
  }

  linkSdk() {
    const modules = path.join(this.setting.root, "tests/sdk/node_modules")
    if (!fs.existsSync(path.join(modules, "attio/package.json"))) {
      throw new Error("the SDK is not installed: run (cd tests/sdk && npm ci --ignore-scripts)")
    }
    if (!fs.existsSync(path.join(this.app, "node_modules"))) {
      fs.symlinkSync(modules, path.join(this.app, "node_modules"))
    }
  }

  writeFile(section) {
    const [name, ...options] = words(section.arg)
    const data = fileContent(section.lines, options, (text) => this.fill(text))
    const to = this.at(name)
    const modules = path.join(this.app, "node_modules")
    if (to.startsWith(modules) && fs.lstatSync(modules, {throwIfNoEntry: false})?.isSymbolicLink()) {
      throw new Error(`${name} is in the linked SDK: start with "-- app template NAME bare"`)
    }
    fs.mkdirSync(path.dirname(to), {recursive: true})
    fs.writeFileSync(to, data)
  }

  async execute() {
    await this.prepare()
    this.deadline = Date.now() + this.setting.limit
    for (const [index, section] of this.sections.entries()) {
      const isCheck = this.result && !["run", "file", "sh", "env", "stdin"].includes(section.name)
      if (!isCheck && this.problems.length) break // later steps rest on the earlier ones
      try {
        await this.handlers[section.name](section, this.sections[index + 1], index)
      } catch (error) {
        this.wrong(section, error.message)
        if (!this.result) break
      }
    }
  }

  clean() {
    this.mock.stop()
    const keep = this.setting.keep && this.problems.length
    folders.delete(this.tmp)
    if (keep) return this.tmp
    if (this.tmp) fs.rmSync(this.tmp, {recursive: true, force: true})
    return undefined
  }
}

// {about, problems, ms, kept}
export async function runCase(file, setting) {
  const start = Date.now()
  let one
  try {
    one = new Case(file, setting)
  } catch (error) {
    return {about: "", problems: [error.message], ms: 0}
  }
  try {
    await one.execute()
    if (one.changes.length) fs.writeFileSync(file, rewrite(one.text, one.changes))
  } catch (error) {
    one.problems.push(error.stack)
  }
  const kept = one.clean()
  return {about: one.about, problems: one.problems, ms: Date.now() - start, kept}
}
