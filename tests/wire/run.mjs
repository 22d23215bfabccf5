// What ours sends to Attio beside what the official CLI sends: both run against one recorder, and each
// request must be equal in method, path, query, the headers that matter, and body. Differences that are
// meant stand in `meant`, each with its reason.
//   node tests/wire/run.mjs [--bin PATH]      Ends with `N passed, N failed`.
import {spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {root, sdkModules} from "../probes/probe.mjs"
import {patience, Recorder, token} from "./recorder.mjs"

const here = path.join(root, "tests/wire")
const official = path.join(sdkModules, "attio/dist/cli/index.js")
const at = process.argv.indexOf("--bin")
const bin = path.resolve(at < 0 ? path.join(root, "build/attio") : process.argv[at + 1])

// Of the headers the others are what an HTTP library sends by itself.
const headers = ["x-attio-platform", "authorization", "content-type"]

const meant = {
  // Asked for in JSON, which needs no reader of its own; names of the client and keys are its own.
  format: (query) => query.replace(/format=(msgpack|json)/, "format=…").replace(/agent=[^&]*/, "agent=…"),
}

let passed = 0
let failed = 0
const wrong = (what, text) => console.log(`FAILED ${what}: ${text}`)

function check(what, problems) {
  if (problems.length === 0) {
    passed++
    return
  }
  failed++
  for (const one of problems) wrong(what, one)
}

// ---- the programs

function start(command, args, {cwd, env}) {
  const child = spawn(command, args, {cwd, env, stdio: ["ignore", "pipe", "pipe"]})
  const one = {child, text: "", code: undefined, look: () => {}}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      one.text += text
      one.look()
    })
  }
  // Whatever hangs is killed: its end then tells what it said.
  const limit = setTimeout(() => child.kill("SIGKILL"), patience)
  one.ended = new Promise((done) =>
    child.on("close", (code, signal) => {
      clearTimeout(limit)
      one.code = code ?? signal
      one.look()
      done(one.code)
    }),
  )
  one.says = (pattern) =>
    new Promise((done, fail) => {
      one.look = () => {
        const found = pattern.exec(one.text)
        if (found) done(found)
        else if (one.code !== undefined) fail(new Error(`it ended with ${one.code} and not with ${pattern}:\n${one.text}`))
      }
      one.look()
    })
  return one
}

function programs(recorder, folder) {
  const keychain = path.join(folder, "keychain.json")
  const plain = {PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8", OFFICIAL_ORIGIN: recorder.origin}
  const entry = {...token, expires_at: Date.now() + 3_600_000}
  delete entry.expires_in
  const line = JSON.stringify(entry)
  return {
    theirs: {
      signedIn: () => fs.writeFileSync(keychain, JSON.stringify({"attio-cli/developer": line})),
      start: (args, cwd) =>
        start(process.execPath, ["--require", path.join(root, "tests/platform/official/preload.cjs"), official, ...args], {
          cwd,
          env: {...plain, OFFICIAL_KEYCHAIN: keychain, BROWSER: path.join(here, "browser.mjs")},
        }),
    },
    ours: {
      signedIn: () => {},
      start: (args, cwd) =>
        start(bin, args, {
          cwd,
          env: {...plain, ATTIO_API_URL: `${recorder.origin}/api`, ...(args[0] === "login" ? {} : {ATTIO_TOKEN: line})},
        }),
    },
  }
}

// ---- what is compared

const changing = /\b(state|code_challenge|code_verifier)=([A-Za-z0-9_-]{43})(?=&|$)/g

function shown({method, path: file, query, headers: all, body}) {
  const mine = headers.filter((name) => all[name] !== undefined).map((name) => `${name}: ${all[name]}`)
  const text = file.startsWith("/storage/") ? `(${body.length > 0 ? "a bundle" : "nothing"})` : body
  const free = (part) => part.replace(changing, "$1=…").replace(/localhost(%3A|:)\d+/g, "localhost$1PORT")
  return `${method} ${file}?${meant.format(free(query))}\n  ${mine.join("\n  ")}\n  ${free(text)}`
}

// Uploads run side by side: their order is the network's.
function ordered(requests) {
  const lines = requests.map(shown)
  const isUpload = (line) => line.startsWith("PUT ")
  const out = []
  for (let i = 0; i < lines.length;) {
    let end = i
    while (end < lines.length && isUpload(lines[end])) end++
    out.push(...(end > i ? lines.slice(i, end).sort() : [lines[i++]]))
    i = Math.max(i, end)
  }
  return out
}

function differences(theirs, ours) {
  const out = []
  for (let i = 0; i < Math.max(theirs.length, ours.length); i++) {
    if (theirs[i] !== ours[i]) out.push(`request ${i + 1}:\n- ${theirs[i] ?? "(none)"}\n+ ${ours[i] ?? "(none)"}`)
  }
  return out
}

// Until both are in: what follows depends on how much of the end is waited for.
const joining = (frames) => frames.slice(0, frames.findIndex(({action}) => action === 14) + 1)
const frame = ({action, channel, presence}) =>
  JSON.stringify({action, channel, presence: presence?.map(({action}) => ({action}))})

// ---- the scenarios: each gives what to run, and until when

const count = (recorder, pattern) => recorder.requests.filter(({path: file}) => pattern.test(file)).length
const completed = (recorder) => count(recorder, /\/complete$/) > 0
const joined = (recorder) => recorder.frames.some(({action}) => action === 14)

const toItsEnd = (args) => async (program, recorder, app) => {
  const one = program.start(args, app)
  const code = await one.ended
  if (code !== 0) throw new Error(`${args.join(" ")} ends with ${code}:\n${one.text}`)
}

const until = (args, test, what) => async (program, recorder, app) => {
  const one = program.start(args, app)
  try {
    await recorder.until(test, what)
  } catch (error) {
    throw new Error(`${error.message}\n${one.text}`)
  } finally {
    one.child.kill("SIGINT")
    await one.ended
  }
}

const scenarios = {
  login: {
    signedIn: false,
    // Off a terminal ours opens no browser: the test does, with the address that is printed.
    async run(program, recorder, app, name) {
      const one = program.start(["login"], app)
      if (name === "ours") {
        const [url] = await one.says(/https?:\/\/\S+\/oidc\/authorize\S+/)
        const browser = start(process.execPath, [path.join(here, "browser.mjs"), url], {cwd: app, env: {PATH: process.env.PATH, OFFICIAL_ORIGIN: recorder.origin}})
        await browser.ended
      }
      const code = await one.ended
      if (code !== 0) throw new Error(`login ends with ${code}:\n${one.text}`)
    },
    // Signing in tells ours who it is; the browser's own request is looked at as well.
    only: ({path: file}) => file.startsWith("/oidc/"),
  },
  whoami: {run: toItsEnd(["whoami"])},
  "version list": {run: toItsEnd(["version", "list"])},
  "version create": {run: toItsEnd(["version", "create"])},
  dev: {
    run: until(["dev", "--workspace", "acme"], (recorder) => completed(recorder) && joined(recorder), "an upload and the log"),
    // The installation is asked for and the log is joined while the upload goes on.
    sort: true,
    frames: true,
  },
  logs: {run: until(["logs", "--workspace", "acme"], joined, "the log"), frames: true},
}

// ---- an app with three blocks

async function makeApp(folder) {
  const app = path.join(folder, "my-app")
  const init = start(bin, ["init", app, "--app", "my-app", "--template", "workflow", "--no-git"], {cwd: folder, env: {PATH: process.env.PATH, HOME: folder}})
  if ((await init.ended) !== 0) throw new Error(init.text)
  const blocks = path.join(app, "src/app/blocks")
  for (const name of ["zeta", "alpha"]) {
    fs.cpSync(path.join(blocks, "check-lead"), path.join(blocks, name), {recursive: true})
    const file = path.join(blocks, name, "block.ts")
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"check-lead"', `"${name}-check"`))
  }
  fs.symlinkSync(sdkModules, path.join(app, "node_modules"))
  fs.writeFileSync(path.join(app, ".env"), 'A_KEY=base\nQUOTED="two words"\nEMPTY=\n')
  fs.writeFileSync(path.join(app, ".env.local"), "A_KEY=override\nB_KEY=local # note\n")
  return app
}

async function main() {
  if (!fs.existsSync(official) || !fs.existsSync(path.join(sdkModules, "ws"))) {
    console.log("SKIPPED: tests/sdk is not installed")
    console.log(`0 passed, 0 failed, ${Object.keys(scenarios).length} skipped`)
    return
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-wire-"))
  const recorder = await new Recorder().start()
  const both = programs(recorder, folder)
  try {
    for (const [what, {run, only = () => true, sort, frames, signedIn = true}] of Object.entries(scenarios)) {
      const sent = {}
      try {
        for (const [name, program] of Object.entries(both)) {
          const app = await makeApp(fs.mkdtempSync(path.join(folder, "app-")))
          if (signedIn) program.signedIn()
          recorder.take()
          await run(program, recorder, app, name)
          const {requests, frames: all} = recorder.take()
          const lines = ordered(requests.filter(only))
          sent[name] = {lines: sort ? lines.sort() : lines, frames: joining(all).map(frame)}
        }
      } catch (error) {
        check(what, [error.message])
        continue
      }
      const {theirs, ours} = sent
      check(what, [
        ...differences(theirs.lines, ours.lines),
        ...(theirs.lines.length === 0 ? ["the official CLI sent nothing"] : []),
        ...(frames ? differences(theirs.frames, ours.frames) : []),
      ])
    }
  } finally {
    recorder.stop()
    fs.rmSync(folder, {recursive: true, force: true})
  }
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

await main()
