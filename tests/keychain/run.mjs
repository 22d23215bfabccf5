// The keychain as it is: a Secret Service (gnome-keyring) in a D-Bus session of its own, the official CLI's
// way to it beside ours, and what is when it is locked, absent or silent.  run.mjs [--bin PATH] [WORD]
import assert from "node:assert"
import {execFileSync, spawn, spawnSync} from "node:child_process"
import fs from "node:fs"
import {createRequire} from "node:module"
import net from "node:net"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {playAttio} from "../runner/attio_names.mjs"
import {Identity} from "./identity.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const top = path.join(here, "../..")
const words = process.argv.slice(2)
const at = words.indexOf("--bin")
const bin = path.resolve(at < 0 ? path.join(top, "build/attio") : words.splice(at, 2)[1])
const filter = words.filter((word) => !word.startsWith("--"))[0] ?? ""
const official = path.join(top, "tests/sdk/node_modules/attio/dist/cli/index.js")

// ---- the cases: a name and what it does with the world ----

const cases = []
const test = (name, run) => cases.push({name, run})

const attio = (world, args, more = {}) => run(world, bin, args, more)

// The official CLI, with keytar's kept form and the world's addresses.
const theirs = (world, args, more = {}) =>
  run(world, process.execPath, ["--require", path.join(here, "official.cjs"), official, ...args], {
    ...more,
    env: {KEYCHAIN_TEST_URL: world.identity.url, ...more.env},
  })

// Runs a program to its end; `line` sees each line of both streams as it comes.
function run(world, program, args, {env = {}, input = "", line = () => {}} = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {env: {...world.env, ...env}, cwd: world.home, stdio: ["pipe", "pipe", "pipe"]})
    const said = {out: "", err: ""}
    const take = (name) => (chunk) => {
      said[name] += chunk
      for (const one of String(chunk).split("\n")) line(one)
    }
    child.stdout.on("data", take("out"))
    child.stderr.on("data", take("err"))
    child.stdin.on("error", () => {})
    child.stdin.end(input)
    child.on("close", (code) => {
      world.said += said.out + said.err
      resolve({code, ...said})
    })
  })
}

// `attio login`, with a browser that agrees.
function logIn(world, more = {}) {
  return attio(world, ["login", ...(more.args ?? [])], {...more, line: (text) => follow(text)})
}

function follow(text) {
  const url = /(http\S+\/oidc\/authorize\S+)/.exec(text)?.[1]
  if (!url) return
  const query = new URL(url).searchParams
  const back = query.get("redirect_uri").replace("localhost", "127.0.0.1") // as a browser knows without /etc/hosts
  fetch(`${back}/?code=c0de&state=${query.get("state")}`).catch(() => {})
}

const theirStore = (credential) => keytar().setPassword("attio-cli", "developer", JSON.stringify(credential))
const theirRead = async () => JSON.parse(await keytar().getPassword("attio-cli", "developer"))
const keytar = () => createRequire(import.meta.url)("@github/keytar")
const ownFile = (world) => path.join(world.home, ".config/attio/credential.json")

test("an entry of the official CLI's library is used", async (world) => {
  await theirStore(world.identity.issue(3600))
  const {code, out, err} = await attio(world, ["whoami"])
  assert.deepStrictEqual([code, out, err], [0, "Ada Lovelace (ada@example.com)\n", ""])
})

test("what we store is the official CLI's entry", async (world) => {
  const {code, out, err} = await logIn(world)
  assert.strictEqual(code, 0, err)
  assert.strictEqual(out, "")
  const entry = await theirRead()
  assert.deepStrictEqual(Object.keys(entry), ["access_token", "refresh_token", "token_type", "expires_at"])
  assert.ok(entry.expires_at > Date.now() && entry.expires_at <= Date.now() + 3600_000)
  assert.ok(!fs.existsSync(ownFile(world)))
  const found = execFileSync("secret-tool", ["search", "--all", "service", "attio-cli"], {encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]})
  assert.match(found, /label = attio-cli\/developer/)
  assert.match(found, /schema = org\.freedesktop\.Secret\.Generic/)
})

test("the official CLI itself uses our login", async (world) => {
  if (!fs.existsSync(official)) return "skip"
  await logIn(world)
  const {code, out} = await theirs(world, ["whoami"])
  assert.deepStrictEqual([code, out], [0, "Ada Lovelace (ada@example.com)\n"])
})

test("a login of the official CLI itself is used", async (world) => {
  if (!fs.existsSync(official)) return "skip"
  const opened = path.join(world.home, "opened")
  const browser = path.join(world.home, "browser")
  fs.writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >'${opened}.new' && mv '${opened}.new' '${opened}'\n`, {mode: 0o755})
  const watcher = fs.watch(world.home, () => {
    if (!fs.existsSync(opened)) return
    watcher.close()
    follow(fs.readFileSync(opened, "utf8").replace("https://app.attio.com", "http://x"))
  })
  const login = await theirs(world, ["login"], {env: {BROWSER: browser}})
  watcher.close()
  assert.strictEqual(login.code, 0, login.err)
  const {code, out} = await attio(world, ["whoami"])
  assert.deepStrictEqual([code, out], [0, "Ada Lovelace (ada@example.com)\n"])
})

test("logout of the one is logout of the other", async (world) => {
  await theirStore(world.identity.issue(3600))
  assert.strictEqual((await attio(world, ["logout"])).code, 0)
  assert.strictEqual(await keytar().getPassword("attio-cli", "developer"), null)
  assert.strictEqual((await attio(world, ["whoami"])).code, 3)
  assert.strictEqual((await attio(world, ["logout"])).code, 0)
})

// Its schema is said: one without is sometimes of the generic one, which is ours, once the keyring has read
// its file again.
test("an item of another schema is somebody else's", async (world) => {
  const words = ["xdg:schema", "com.example.Other", "service", "attio-cli", "account", "developer"]
  execFileSync("secret-tool", ["store", "--label=x", ...words], {input: JSON.stringify(world.identity.issue(3600))})
  assert.strictEqual((await attio(world, ["whoami"])).code, 3)
  execFileSync("secret-tool", ["clear", ...words])
})

test("a credential with five minutes left is renewed, and the entry replaced", async (world) => {
  const old = world.identity.issue(200)
  await theirStore(old)
  assert.strictEqual((await attio(world, ["whoami"])).code, 0)
  const entry = await theirRead()
  assert.notStrictEqual(entry.access_token, old.access_token)
  assert.deepStrictEqual(world.identity.asked, ["POST /oidc/token refresh_token", "GET /api/auth/whoami"])
})

// What the platform answers is stored, whoever is there to hear it.
test("killed while the platform renews it, the entry is replaced all the same", async (world) => {
  const old = world.identity.issue(-10)
  await theirStore(old)
  let kill
  world.identity.meddle = async (what) => {
    if (!what.includes("refresh_token")) return
    world.identity.meddle = undefined
    await kill()
  }
  const child = spawn(bin, ["whoami"], {env: world.env, cwd: world.home, stdio: "ignore"})
  const gone = new Promise((done) => child.once("exit", (_, signal) => done(signal)))
  kill = () => (child.kill("SIGKILL"), gone)
  assert.strictEqual(await gone, "SIGKILL")
  const {code, err} = await attio(world, ["whoami"]) // waits for who renews it
  assert.deepStrictEqual([code, err], [0, ""])
  assert.notStrictEqual((await theirRead()).access_token, old.access_token)
  assert.strictEqual(world.identity.asked.filter((one) => one.includes("refresh_token")).length, 1)
})

test("several at a time renew it once", async (world) => {
  await theirStore(world.identity.issue(200))
  const all = await Promise.all(Array.from({length: 5}, () => attio(world, ["whoami"])))
  for (const {code, err} of all) assert.deepStrictEqual([code, err], [0, ""])
  assert.strictEqual(world.identity.asked.filter((one) => one.includes("refresh_token")).length, 1)
})

test("a token that the platform takes for expired is renewed, whatever our clock says", async (world) => {
  const credential = world.identity.issue(3600)
  world.identity.forgetAccess(credential.access_token)
  await theirStore(credential)
  assert.strictEqual((await attio(world, ["whoami"])).code, 0)
  assert.notStrictEqual((await theirRead()).access_token, credential.access_token)
})

test("a renewal that is refused says to sign in again, and deletes nothing", async (world) => {
  const credential = world.identity.issue(-10)
  world.identity.refusesRenewal = true
  await theirStore(credential)
  const {code, err} = await attio(world, ["whoami"])
  assert.strictEqual(code, 3)
  assert.match(err, /attio login/)
  assert.deepStrictEqual(await theirRead(), credential)
})

test("an entry that is no credential is told, and replaced by the next login", async (world) => {
  await keytar().setPassword("attio-cli", "developer", "SECRET {")
  const {code, err} = await attio(world, ["whoami"])
  assert.strictEqual(code, 3)
  assert.match(err, /keychain's entry/)
  assert.strictEqual((await logIn(world)).code, 0)
  assert.strictEqual((await attio(world, ["whoami"])).code, 0)
})

test("a file of an earlier login goes when the keychain takes the new one", async (world) => {
  fs.mkdirSync(path.dirname(ownFile(world)), {recursive: true})
  fs.writeFileSync(ownFile(world), JSON.stringify(world.identity.issue(-10)), {mode: 0o600})
  world.identity.refusesRenewal = true
  assert.strictEqual((await logIn(world)).code, 0)
  assert.ok(!fs.existsSync(ownFile(world)))
})

test("no D-Bus: a file, told once", async (world) => {
  const env = {DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus"}
  const login = await logIn(world, {env})
  assert.strictEqual(login.code, 0, login.err)
  assert.match(login.err, /warning: no keychain answers/)
  const {code, err} = await attio(world, ["whoami"], {env})
  assert.deepStrictEqual([code, err], [0, ""])
  assert.strictEqual((await attio(world, ["logout"], {env})).code, 0)
  assert.strictEqual((await attio(world, ["whoami"], {env})).code, 3)
})

test("a D-Bus that never answers: a file, and no secret among the words of any process", async (world) => {
  const socket = path.join(world.home, "silent")
  let commandLines = ""
  const silent = net.createServer((client) => {
    client.on("error", () => {})
    commandLines += everyCommandLine()
  })
  await new Promise((resolve) => silent.listen(socket, resolve))
  const env = {DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`}
  const login = await logIn(world, {env})
  assert.strictEqual(login.code, 0, login.err)
  assert.match(login.err, /warning: no keychain answers \(the keychain does not answer\)/)
  assert.match(commandLines, /attio-keychain/)
  assert.doesNotMatch(commandLines, /SECRET/)
  assert.strictEqual((await attio(world, ["whoami"], {env})).code, 0)
  assert.strictEqual((await attio(world, ["logout"], {env})).code, 8)
  silent.close()
})

test("ATTIO_TOKEN asks no keychain", async (world) => {
  const credential = world.identity.issue(3600)
  const env = {ATTIO_TOKEN: credential.access_token}
  assert.strictEqual((await attio(world, ["whoami"], {env})).code, 0)
  await theirStore(world.identity.issue(3600))
  assert.strictEqual((await attio(world, ["whoami"], {env: {ATTIO_TOKEN: "SECRET-other"}})).code, 3)
})

test("another address has an entry of its own, and neither sees the other's", async (world) => {
  const elsewhere = {ATTIO_API_URL: `${world.identity.url}/api`}
  const theirs = world.identity.issue(3600)
  await theirStore(theirs)
  assert.strictEqual((await attio(world, ["whoami"], {env: elsewhere})).code, 3)
  const login = await logIn(world, {env: elsewhere})
  assert.strictEqual(login.code, 0, login.err)
  assert.strictEqual((await attio(world, ["whoami"], {env: elsewhere})).code, 0)
  assert.deepStrictEqual(await theirRead(), theirs)
  const own = JSON.parse(await keytar().getPassword("attio-native", world.identity.url))
  assert.notStrictEqual(own.access_token, theirs.access_token)
  assert.strictEqual((await attio(world, ["logout"])).code, 0)
  assert.strictEqual((await attio(world, ["whoami"])).code, 3)
  assert.strictEqual((await attio(world, ["whoami"], {env: elsewhere})).code, 0)
  assert.strictEqual((await attio(world, ["logout"], {env: elsewhere})).code, 0)
  assert.strictEqual(await keytar().getPassword("attio-native", world.identity.url), null)
  assert.ok(!fs.existsSync(path.dirname(ownFile(world)))) // nothing of it was written into files
})

// The last one: nobody can unlock it again.
test("a locked keyring: told, and a file is used in its place", async (world) => {
  await theirStore(world.identity.issue(3600))
  lock()
  const before = await attio(world, ["whoami"])
  assert.strictEqual(before.code, 3)
  assert.match(before.err, /locked/)
  const login = await logIn(world)
  assert.strictEqual(login.code, 0, login.err)
  assert.match(login.err, /warning: .*locked.*credential\.json/)
  assert.strictEqual(fs.statSync(ownFile(world)).mode & 0o777, 0o600)
  const after = await attio(world, ["whoami"])
  assert.deepStrictEqual([after.code, after.err], [0, ""])
  const logout = await attio(world, ["logout"])
  assert.strictEqual(logout.code, 8)
  assert.match(logout.err, /locked/)
  assert.ok(!fs.existsSync(ownFile(world)))
})

// ---- the world ----

function everyCommandLine() {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      } catch {
        return ""
      }
    })
    .join("\n")
}

function lock() {
  const place = ["--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]
  const call = ["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"]
  execFileSync("dbus-send", ["--session", "--print-reply", ...place, ...call], {stdio: "ignore"})
}

function isThere() {
  const call = ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
  const place = ["--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
  return execFileSync("dbus-send", ["--session", "--print-reply", ...place, ...call], {encoding: "utf8"}).includes("true")
}

async function inside() {
  const home = process.env.HOME
  const daemon = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {stdio: ["pipe", "ignore", "ignore"]})
  daemon.stdin.end("a password")
  while (!isThere()) {
    if (daemon.exitCode !== null) throw new Error("gnome-keyring-daemon ends at once")
    await new Promise(setImmediate)
  }
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const {name, run} of cases.filter((one) => one.name.includes(filter))) {
    const world = {home, said: "", identity: new Identity()}
    await world.identity.start()
    const attio = await playAttio(home, (request, response) => world.identity.server.emit("request", request, response))
    world.env = {...process.env, ...attio.env}
    try {
      if ((await run(world)) === "skip") {
        skipped++
        console.log(`SKIPPED ${name}`)
      } else {
        assert.doesNotMatch(world.said, /SECRET/)
        passed++
        console.log(`ok      ${name}`)
      }
    } catch (error) {
      failed++
      console.log(`FAILED  ${name}\n${String(error.stack).replace(/^/gm, "        ")}`)
    }
    world.identity.stop()
    attio.close()
    await keytar().deletePassword("attio-cli", "developer").catch(() => {}) // of a locked one
    fs.rmSync(path.join(home, ".config"), {recursive: true, force: true})
  }
  daemon.kill()
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
  process.exit(failed > 0 ? 1 : 0)
}

// What is missing here for a Secret Service, or "".
function missing() {
  if (process.platform !== "linux") return "a Secret Service: this is not Linux"
  const programs = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "dbus-send"]
  const absent = programs.filter((name) => spawnSync("which", [name]).status !== 0)
  if (absent.length > 0) return absent.join(", ")
  try {
    keytar()
  } catch (error) {
    return `keytar (${error.code ?? error.message})`
  }
  return ""
}

if (process.env.KEYCHAIN_TEST_INSIDE) {
  await inside()
} else if (missing()) {
  console.log(`SKIPPED the keychain: there is no ${missing()}`)
  console.log(`0 passed, 0 failed, ${cases.length} skipped`)
} else {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "attio-keychain-"))
  const runtime = path.join(home, "run")
  fs.mkdirSync(runtime, {mode: 0o700})
  const env = {PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime, LC_ALL: "C.UTF-8", TERM: "dumb", KEYCHAIN_TEST_INSIDE: "1"}
  const args = ["--", process.execPath, fileURLToPath(import.meta.url), "--bin", bin, ...(filter ? [filter] : [])]
  const {status} = spawnSync("dbus-run-session", args, {env, cwd: home, stdio: "inherit", timeout: 300_000})
  fs.rmSync(home, {recursive: true, force: true})
  process.exit(status ?? 1)
}
