// A credential that is renewed while the command that wanted it is ended: what the platform answers is
// stored all the same, since the old refresh token counts no more, and the next run goes on with it.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {Identity} from "../keychain/identity.mjs"
import {patience} from "../wire/recorder.mjs"

const lines = {whoami: ["whoami"], "version list": ["version", "list", "--app", "my-app"], doctor: ["doctor", "--online"]}

// Where a credential is kept, but for the keychain, of which keychain/run.mjs knows.
const places = {
  "token file": (home) => ({file: path.join(home, "token.json"), env: {ATTIO_TOKEN_FILE: "../home/token.json"}}),
  "own file": (home, {url}) => ({file: path.join(home, ".config/attio", `${url.replace("://", "-")}.json`), env: {}}),
}

function makeWorld(bench, name, identity) {
  const home = path.join(bench.folder, name.replace(/\W+/g, "-"), "home")
  const cwd = path.join(home, "../app")
  const {file, env} = places[Object.keys(places).find((one) => name.startsWith(one))](home, identity)
  for (const folder of [path.dirname(file), cwd]) fs.mkdirSync(folder, {recursive: true})
  fs.writeFileSync(path.join(cwd, "package.json"), '{"name": "my-app"}')
  return {file, cwd, env: {...bench.env, HOME: home, ...env}}
}

function start(bench, {cwd, env}, identity, args) {
  const child = spawn(bench.bin, args, {cwd, env: {...env, ATTIO_API_URL: `${identity.url}/api`}})
  const out = {text: ""}
  child.stdin.end()
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out.text += data))
  const ended = new Promise((done) => child.on("close", (code, signal) => done({code, signal, text: out.text})))
  return {child, ended}
}

const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"))

// Until the file holds another credential: the one who writes it is not ours any more.
function replaced(file, old) {
  return new Promise((done, fail) => {
    const limit = setTimeout(() => fail(new Error(`${file} was not replaced`)), patience)
    const watcher = fs.watch(path.dirname(file), look)
    function look() {
      if (read(file).access_token === old.access_token) return
      watcher.close()
      clearTimeout(limit)
      done()
    }
    look()
  })
}

// `beside`: another run comes meanwhile, and waits for the answer to the first one.
async function endedMeanwhile(bench, name, {signal, words, beside}) {
  const same = (what, wanted, have) => bench.same(`${name}: ${what}`, wanted, have)
  const identity = new Identity()
  await identity.start()
  const world = makeWorld(bench, name, identity)
  const old = identity.issue(-10)
  fs.writeFileSync(world.file, JSON.stringify(old), {mode: 0o600})
  const first = start(bench, world, identity, words)
  let second
  identity.meddle = async (what) => {
    if (!what.includes("refresh_token")) return
    identity.meddle = undefined
    same("a secret among the words of a process", false, /SECRET/.test(wordsOfAll()))
    if (beside) second = start(bench, world, identity, ["whoami"])
    first.child.kill(signal)
    if (signal === "SIGKILL") await first.ended
  }
  const {code, signal: by, text} = await first.ended
  if (beside) same("who came meanwhile", [0, "Ada Lovelace (ada@example.com)\n"], [(await second.ended).code, (await second.ended).text])
  same("how it ended", [null, signal], [code, by])
  await replaced(world.file, old)
  const fresh = read(world.file)
  same("the mode", 0o600, fs.statSync(world.file).mode & 0o777)
  const next = await start(bench, world, identity, ["whoami"]).ended
  same(`the next run (${next.text})`, 0, next.code)
  same("what it used", fresh.access_token, read(world.file).access_token)
  same("renewals", 1, identity.asked.filter((one) => one.includes("refresh_token")).length)
  same("what is told", false, /SECRET/.test(text + next.text))
  const left = fs.readdirSync(path.dirname(world.file)).filter((one) => !one.endsWith(".lock") && !["lock", ".config", ".cache", path.basename(world.file)].includes(one))
  same("what is left beside it", [], left)
  identity.stop()
}

function wordsOfAll() {
  return fs
    .readdirSync("/proc")
    .filter((one) => /^\d+$/.test(one))
    .map((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      } catch {
        return "" // it has ended
      }
    })
    .join("\n")
}

function sweep(signal, beside) {
  return async (bench) => {
    for (const place of Object.keys(places)) {
      for (const [what, words] of Object.entries(lines)) await endedMeanwhile(bench, `${place} ${what}`, {signal, words, beside})
    }
  }
}

// Who ends the one that waits, or is told nothing good, is told what to do.
async function errandEnded(bench) {
  const identity = new Identity()
  await identity.start()
  const world = makeWorld(bench, "token file ended", identity)
  fs.writeFileSync(world.file, JSON.stringify(identity.issue(-10)), {mode: 0o600})
  const run = start(bench, world, identity, ["whoami"])
  identity.meddle = (what) => {
    const children = fs.readFileSync(`/proc/${run.child.pid}/task/${run.child.pid}/children`, "utf8").trim().split(" ")
    for (const pid of children) process.kill(Number(pid), "SIGKILL")
    return what.includes("refresh_token") ? new Promise(() => {}) : undefined
  }
  const {code, text} = await run.ended
  bench.same(`how it ended: ${text}`, [6, true, true], [code, text.includes("error[network]"), /fix: +run it again/.test(text)])
  identity.stop()
}

export default {
  ...(process.platform === "linux" && {"the process that waits is ended": errandEnded}),
  "SIGKILL while it is answered, and somebody else": sweep("SIGKILL", true),
  ...Object.fromEntries(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].map((signal) => [`${signal} while it is answered`, sweep(signal, false)])),
}
