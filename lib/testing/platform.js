// A platform of its own: a process that ends when its standard input does, so that nothing is left
// running when the test's process is killed.
import {spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import readline from "node:readline"

// Where a test went wrong is of interest, not the way through this package.
const here = new URL(".", import.meta.url).href
const isOurs = (line) => line.startsWith("    at ") && (line.includes(here) || line.includes("(node:internal/"))

export class AttioError extends Error {
  constructor({message, why, fix, ...rest}) {
    super([message, why && `because: ${why}`, fix && `to mend it: ${fix}`].filter(Boolean).join("\n"))
    this.name = "AttioError"
    const {stack: app, ...more} = rest
    Object.assign(this, {why, fix, ...more})
    if (typeof app === "string") this.appStack = app
    this.stack = this.stack.split("\n").filter((line) => !isOurs(line)).join("\n")
  }
}

// A folder of the state, and whether it is ours to remove.
function stateFolder() {
  const parent = process.env.ATTIO_TEST_STATE
  const folder = fs.mkdtempSync(path.join(parent || os.tmpdir(), "attio-test-"))
  return {folder, ours: !parent}
}

// A state that `attio state save` kept, where the new platform finds it.
function bringSaved(name, folder, app) {
  const from = path.join(process.env.ATTIO_STATE_DIR || path.join(app, ".attio/local"), "saved", `${name}.db`)
  if (!fs.existsSync(from)) {
    throw new AttioError({
      message: `there is no saved state \`${name}\``,
      why: `\`${from}\` does not exist`,
      fix: "name a file of a world (`world.json`), or save one with `attio state save`",
    })
  }
  fs.mkdirSync(path.join(folder, "saved"), {mode: 0o700})
  fs.copyFileSync(from, path.join(folder, "saved", `${name}.db`))
}

function failureOf(events, stderr, code) {
  const told = events.find((one) => one.error)?.error
  return new AttioError(told ?? {message: `the local platform ended with ${code}`, why: stderr.trim()})
}

// Resolves with {url, secret, api_token}, the findings of a build that failed, and the process.
function launch(words, folder) {
  const bin = process.env.ATTIO_BIN || "attio-native"
  return new Promise((resolve, reject) => {
    const child = spawn(bin, words, {stdio: ["pipe", "pipe", "pipe"]})
    const events = []
    let stderr = ""
    child.on("error", (error) => {
      const fix = "install attio, or name the program in ATTIO_BIN"
      reject(new AttioError({message: `\`${bin}\` cannot be run`, why: error.message, fix}))
    })
    child.stdin.on("error", () => {})
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr = (stderr + text).slice(-4000)))
    child.on("exit", (code) => reject(failureOf(events, stderr, code)))
    readline.createInterface({input: child.stdout}).on("line", (line) => {
      let event
      try {
        event = JSON.parse(line)
      } catch {
        return
      }
      events.push(event)
      if (event.event === "ready") resolve({...event, child, folder, build: events.filter((one) => one.event === "build").pop()})
    })
  })
}

function brokenBuild({findings = []}) {
  const errors = findings.filter((one) => one.severity === "error")
  const lines = errors.map((one) => `${one.file}:${one.range?.start?.line ?? 1} ${one.code} ${one.message}`)
  return new AttioError({message: "the app does not build", why: lines.join("\n"), fix: "run `attio check`"})
}

export async function startPlatform({state, net = "deny", now, chaos, app = process.cwd()}) {
  const {folder, ours} = stateFolder()
  const words = ["-C", app, "__platform", "--state", folder, "--net", net]
  if (now !== undefined) words.push("--now", new Date(now).toISOString())
  if (chaos !== undefined) words.push("--chaos", chaos)
  const remove = () => ours && fs.rmSync(folder, {recursive: true, force: true})
  try {
    const saved = typeof state === "string" && !state.endsWith(".json")
    if (saved && state !== "seed") bringSaved(state, folder, app)
    const platform = await launch(words, folder)
    const ended = new Promise((resolve) => platform.child.once("exit", resolve))
    const stop = async () => {
      platform.child.stdin.end()
      await ended
      remove()
    }
    if (platform.build?.ok === false) {
      await stop()
      throw brokenBuild(platform.build)
    }
    return {...platform, stop}
  } catch (error) {
    remove()
    throw error
  }
}
