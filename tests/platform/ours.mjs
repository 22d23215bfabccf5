// Our own commands for Attio against the local platform in place of Attio: all of a developer's day, offline.
import {spawn} from "node:child_process"
import path from "node:path"
import {root, run} from "../probes/probe.mjs"
import {templateApp} from "./apps.mjs"
import {Dev, until, withDev, within} from "./dev.mjs"

const browser = path.join(root, "tests/platform/official/browser.mjs")

// The app in its folder, a platform that runs what is pushed, the commands led there, and somebody signed in.
async function offline(bench, use, args = ["--no-build"]) {
  await templateApp(bench, "minimal")
  bench.write({"src/app/say.server.ts": `export default async function say(text: string) {\n  console.warn(text)\n  return process.env.GREETING\n}\n`, ".env": "GREETING=hello\n"})
  await withDev(bench, {args}, async (dev) => {
    const env = {
      ...bench.env,
      ATTIO_API_URL: `${dev.url}/api`,
    }
    const attio = async (...words) => {
      const {code, stdout, stderr} = await run(bench.bin, words, {cwd: bench.app, env})
      return {code, stdout, stderr}
    }
    // Off a terminal no browser is opened, but the address is told.
    const login = async () => {
      const child = spawn(bench.bin, ["login"], {cwd: bench.app, env, stdio: ["ignore", "pipe", "pipe"]})
      let text = ""
      child.stdout.resume()
      child.stderr.setEncoding("utf8").on("data", (part) => (text += part))
      const ended = new Promise((done) => child.on("close", done))
      try {
        const [address] = await until("the address", () => text.match(/http:\/\/127\.0\.0\.1:\d+\/oidc\S+/))
        const opened = await run(process.execPath, [browser, address], {cwd: bench.app, env: {...env, OFFICIAL_ORIGIN: dev.url, OFFICIAL_SECRET: dev.secret}})
        if (opened.code !== 0) throw new Error(`the browser ends with ${opened.code}\n${opened.stderr}`)
        return {code: await ended, stdout: "", stderr: text}
      } finally {
        child.kill("SIGKILL")
      }
    }
    good(bench, "login", await login(), /^/)
    await use({dev, env, attio})
  })
}

const good = (bench, what, {code, stdout, stderr}, pattern) => {
  if (code !== 0 || !pattern.test(stdout)) bench.wrong(`${what}: exit code ${code}, without ${pattern}\n${stdout}${stderr}`)
  return stdout
}

export default {
  "login, whoami, logout": (bench) =>
    offline(bench, async ({dev, attio}) => {
      const {json} = await dev.http("GET", "/api/auth/whoami", {token: dev.secret})
      good(bench, "whoami", await attio("whoami"), new RegExp(json.user.email_address))
      good(bench, "logout", await attio("logout"), /^/)
      bench.same("whoami after", 3, (await attio("whoami")).code)
    }),

  "a version, with trouble on the way": (bench) =>
    offline(bench, async ({dev, attio}) => {
      good(bench, "deploy", await attio("deploy"), /1\.0/)
      await dev.api("POST", "/faults", {endpoint: "GET /api/apps/by-slug/{slug}", failure: "status", status: 503, headers: {"Retry-After": "0"}})
      good(bench, "deploy, asked twice", await attio("deploy"), /1\.1/)
      await dev.api("POST", "/faults", {endpoint: "PUT /upload/{of}/{row}/{kind}", failure: "status", status: 403, times: 99})
      bench.same("refused uploads", 5, (await attio("deploy")).code)
      await dev.api("DELETE", "/faults")
      const listed = good(bench, "list", await attio("version", "list"), /1\.1/)
      bench.same("what was refused is no version", false, /1\.2/.test(listed))
    }),

  "dev --remote and logs --remote": (bench) =>
    offline(bench, async ({dev, env, attio}) => {
      const remote = new Dev({...bench, env, bin: bench.bin, app: bench.app}, {args: ["--remote"]})
      const logs = spawn(bench.bin, ["logs", "--remote", "--json"], {cwd: bench.app, env, stdio: ["ignore", "pipe", "pipe"]})
      let text = ""
      logs.stdout.setEncoding("utf8").on("data", (part) => (text += part))
      logs.stderr.setEncoding("utf8").on("data", (part) => (text += part))
      const ended = Promise.all([remote.ended, new Promise((done) => logs.on("close", done))])
      try {
        await dev.event("pushed")
        await dev.event("running")
        const say = async (line) => (await dev.api("POST", "/server/call", {module: "app/say.server", args: [line]})).json
        // Until both listen, which no line tells.
        await until("the first line", async () => (await say("first")) && text.includes("first") && remote.text.stdout.includes("first"))
        bench.same("its environment", "hello", (await say("second"))?.value)
        await until("the second line", () => text.includes("second") && remote.text.stdout.includes("second"))
        await dev.api("POST", "/log-service/cut")
        await until("a line after a cut", async () => (await say("third")) && text.includes("third") && remote.text.stdout.includes("third"))
      } catch (error) {
        throw new Error(`${error.message}\nlogs: ${text}\ndev: ${remote.text.stdout}${remote.text.stderr}`)
      } finally {
        logs.kill("SIGINT")
        remote.child.kill("SIGINT")
        await within("the end of both", ended).catch((error) => {
          logs.kill("SIGKILL")
          remote.killAll()
          bench.wrong(error.message)
        })
      }
    }),
}
