// A platform of its own: a process that ends when its standard input does, so that nothing is left
// running when the test's process is killed. Its folder is its own, too, and goes with it.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import readline from "node:readline"

// Where a test went wrong is of interest, not the way through this package or Node.
const here = new URL(".", import.meta.url).href
const isFrame = (line) => /^    at /.test(line)
const isTheirs = (line) => !isFrame(line) || !(line.includes(here) || /[( ]node:/.test(line))

export class AttioError extends Error {
  constructor({message, why, fix, ...rest}) {
    super([message, why && `because: ${why}`, fix && `to mend it: ${fix}`].filter(Boolean).join("\n"))
    this.name = "AttioError"
    const {stack: app, ...more} = rest
    Object.assign(this, {why, fix, ...more})
    if (typeof app === "string") this.appStack = app
    const lines = this.stack.split("\n").filter(isTheirs)
    const first = lines.findIndex(isFrame)
    // Where it was in the app, then where in the test.
    lines.splice(first < 0 ? lines.length : first, 0, ...(typeof app === "string" ? app.split("\n").filter((line) => isFrame(line) && line.includes("src/")) : []))
    this.stack = lines.join("\n")
  }
}

// Refuses a slip in the name of an option, which would else be silently left out.
export function checkOptions(what, options, names) {
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new AttioError({message: `${what} takes no \`${name}\``, fix: `it takes ${names.join(", ")}`})
  }
}

export function timeOf(value) {
  const time = new Date(value)
  if (Number.isNaN(time.getTime())) throw new AttioError({message: `\`${value}\` is no time`, fix: "write it as 2030-01-31T09:00:00Z"})
  return time.toISOString()
}

// The lines of the caller, for errors that are known only later. `above` is the function that the
// test called.
export function placeOf(above) {
  const holder = {}
  Error.captureStackTrace(holder, above)
  return holder.stack.split("\n").slice(1).filter(isTheirs).join("\n")
}

function failureOf(events, stderr, code, signal) {
  const told = events.find((one) => one.error)?.error
  return new AttioError(told ?? {message: `the local platform ended with ${signal ?? code}`, why: stderr.trim()})
}

// Resolves with the process and what it said when it was ready: {url, secret, api_token, state}.
function launch(words) {
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
    child.on("exit", (code, signal) => reject(failureOf(events, stderr, code, signal)))
    readline.createInterface({input: child.stdout}).on("line", (line) => {
      let event
      try {
        event = JSON.parse(line)
      } catch {
        return
      }
      events.push(event)
      if (event.event === "ready") resolve({...event, child, build: events.filter((one) => one.event === "build").pop()})
    })
  })
}

function brokenBuild({findings = []}) {
  const errors = findings.filter((one) => one.severity === "error")
  const lines = errors.map((one) => `${one.file}:${one.range?.start?.line ?? 1} ${one.code} ${one.message}`)
  return new AttioError({message: "the app does not build", why: lines.join("\n"), fix: "run `attio check`"})
}

// Those that run, with the lines that started them: who forgets to stop one is told when its process
// ends, which a platform does not hold up.
const running = new Map()

process.on("exit", () => {
  for (const place of running.values()) {
    process.exitCode ||= 1
    process.stderr.write(
      `This platform was never stopped, so nobody looked whether the app's requests were the expected ones:\n${place}\n` +
        "to mend it: end the test with `await app.stop()` in a `finally`, or write `await using app = await start()`\n",
    )
  }
})

const ends = ({child}) => [child, child.stdin, child.stdout, child.stderr]

export async function startPlatform({net = "deny", now, chaos, app}, place) {
  const words = ["-C", app, "__platform", "--json", "--net", net]
  // `attio test` looks into the folders afterwards.
  if (process.env.ATTIO_TEST_RUN) words.push("--in", process.env.ATTIO_TEST_RUN)
  if (now !== undefined) words.push("--now", timeOf(now))
  if (chaos !== undefined) words.push("--chaos", chaos)
  const platform = await launch(words)
  let how
  const ended = new Promise((resolve) => {
    platform.child.once("exit", (code, signal) => {
      how = signal ?? code
      resolve()
    })
  })
  const stop = async () => {
    running.delete(platform.child)
    for (const end of ends(platform)) end.ref()
    platform.child.stdin.end()
    await ended
  }
  if (platform.build?.ok === false) {
    await stop()
    throw brokenBuild(platform.build)
  }
  running.set(platform.child, place)
  for (const end of ends(platform)) end.unref()
  return {...platform, app, stop, ended: () => how}
}

// A state that `attio state save` kept; throws when there is none.
export function savedState(name, app) {
  const file = path.join(process.env.ATTIO_STATE_DIR || path.join(app, ".attio/local"), "saved", `${name}.db`)
  if (fs.existsSync(file)) return file
  throw new AttioError({
    message: `there is no saved state \`${name}\``,
    why: `\`${file}\` does not exist`,
    fix: "name a file of a world (`world.json`), or save one with `attio state save`",
  })
}
