// A machine whose clock is wrong, by far and in both directions: what is asked of Attio works all the same, since
// the platform alone knows when a token ends; where nothing helps, the clock is named.
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {Identity} from "../keychain/identity.mjs"
import {Recorder} from "../wire/recorder.mjs"
import {eachScene, makeApp} from "./deploy.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const hour = 3600
const day = 24 * hour
const shifts = {"a year behind": -365 * day, "an hour behind": -hour, "an hour ahead": hour, "a year ahead": 365 * day}

// The environment in which a command's clock is wrong.
function makeShift(bench) {
  const library = path.join(bench.folder, "clock.so")
  if (!fs.existsSync(library)) {
    const words = ["-std=gnu17", "-D_GNU_SOURCE", "-O1", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"]
    execFileSync(process.env.CC ?? "cc", [...words, "-o", library, path.join(here, "clock.c"), "-ldl"])
  }
  return (seconds) => ({LD_PRELOAD: library, CLOCK_SHIFT: String(seconds)})
}

function run(bench, args, env, look = () => {}) {
  fs.mkdirSync(bench.app, {recursive: true})
  const child = spawn(bench.bin, args, {cwd: bench.app, env: {...bench.env, ...env}})
  const out = {stdout: "", stderr: ""}
  child.stdin.end()
  for (const name of ["stdout", "stderr"]) {
    child[name].on("data", (data) => {
      out[name] += data
      look(child, out)
    })
  }
  return new Promise((done) => child.on("close", (code, signal) => done({code, signal, ...out})))
}

const renewals = (identity) => identity.asked.filter((one) => one.includes("refresh_token")).length

// `left`: seconds that the token truly has.
async function withToken(bench, what, {left, env, renewed}) {
  const same = (text, wanted, have) => bench.same(`${what}: ${text}`, wanted, have)
  const identity = new Identity()
  await identity.start()
  const credential = identity.issue(left)
  if (left < 0) identity.forgetAccess(credential.access_token)
  const file = path.join(bench.folder, `${what.replace(/\W+/g, "-")}.json`)
  fs.writeFileSync(file, JSON.stringify(credential), {mode: 0o600})
  const all = {...env, ATTIO_TOKEN_FILE: file, ATTIO_API_URL: `${identity.url}/api`}
  for (const turn of ["the first run", "the next run"]) {
    const {code, stdout, stderr} = await run(bench, ["whoami"], all)
    same(`${turn} (${stderr})`, [0, "Ada Lovelace (ada@example.com)\n"], [code, stdout])
  }
  same("renewals", renewed, renewals(identity))
  identity.stop()
}

const tests = {
  "a token is used, renewed and stored whatever the clock says": async (bench) => {
    const shift = makeShift(bench)
    for (const [name, seconds] of Object.entries(shifts)) {
      const env = shift(seconds)
      await withToken(bench, `${name}: good for two hours`, {left: 2 * hour, env, renewed: seconds > 2 * hour ? 1 : 0})
      await withToken(bench, `${name}: ended`, {left: -10, env, renewed: 1})
    }
  },

  "a token that cannot be renewed: the clock is named": async (bench) => {
    const identity = new Identity()
    await identity.start()
    const {access_token, expires_at} = identity.issue(hour)
    const line = JSON.stringify({access_token, refresh_token: "", token_type: "Bearer", expires_at})
    const env = {...makeShift(bench)(day), ATTIO_TOKEN: line, ATTIO_API_URL: `${identity.url}/api`}
    const {code, stderr} = await run(bench, ["whoami"], env)
    bench.same("how it ended", 3, code)
    bench.same(`what to do: ${stderr}`, true, /clock/.test(stderr))
    identity.stop()
  },

  "doctor tells it": async (bench) => {
    const shift = makeShift(bench)
    const recorder = await new Recorder().start()
    for (const [name, seconds] of Object.entries(shifts)) {
      const {stdout} = await run(bench, ["doctor", "--online"], {...shift(seconds), ATTIO_TOKEN: "SECRET-a", ATTIO_API_URL: `${recorder.origin}/api`})
      const line = /^error +clock .*$/m.exec(stdout)?.[0] ?? stdout
      bench.same(`${name}: ${line}`, true, line.includes(seconds > 0 ? "ahead of" : "behind"))
    }
    recorder.stop()
  },

  "the log's leave is not asked for again and again": async (bench) => {
    const shift = makeShift(bench)
    for (const [name, seconds] of Object.entries(shifts)) {
      const recorder = await new Recorder().start()
      const env = {...shift(seconds), ATTIO_TOKEN: "SECRET-a", ATTIO_API_URL: `${recorder.origin}/api`, ATTIO_REALTIME_URL: recorder.origin.replace("http", "ws")}
      let stopped = false
      const following = (child, {stderr}) => {
        if (stopped || !/following/.test(stderr)) return
        stopped = true
        child.kill("SIGINT")
      }
      const {code, stderr} = await run(bench, ["logs", "--workspace", "acme", "--app", "my-app"], env, following)
      bench.same(`${name}: how it ended (${stderr})`, 0, code)
      bench.same(`${name}: leaves`, 1, recorder.requests.filter(({path: file}) => file.endsWith("/ably/auth")).length)
      recorder.stop()
    }
  },

  "a version is published": async (bench) => {
    const shift = makeShift(bench)
    await makeApp(bench)
    await eachScene(bench, Object.keys(shifts), async (scene) => {
      const {code, stdout, stderr} = await scene.deployWith(shift(shifts[scene.name]))
      scene.same(`how it ended (${stderr})`, [0, "1.0\n"], [code, stdout])
    })
  },
}

export default process.platform === "linux" ? tests : {}
