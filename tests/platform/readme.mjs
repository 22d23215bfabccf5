// What README.md tells a newcomer to type, typed: the third party of its one-liner, then the sequence
// of "Running an app on this machine", line by line in one shell.
import fs from "node:fs"
import path from "node:path"
import {spawn} from "node:child_process"
import {root, run} from "../probes/probe.mjs"
import {templateApp} from "./apps.mjs"
import {alcOrigin, until, withDev} from "./dev.mjs"

const section = fs.readFileSync(path.join(root, "README.md"), "utf8")
  .split("\n## Running an app on this machine\n")[1].split("\n## ")[0]

// The indented block that begins with a text.
function block(start) {
  const lines = section.slice(section.indexOf(`\n    ${start}`) + 1).split("\n")
  return lines.slice(0, lines.findIndex((line) => !line.startsWith("    "))).map((line) => line.slice(4))
}

// The one-liner, on a port of its own choice that it tells.
async function thirdParty(use) {
  const [, script] = /^node -e '([^']*)' &$/m.exec(block("node -e").join("\n"))
  if (!script.includes(".listen(9000,")) throw new Error("the third party of README.md listens elsewhere")
  const told = `globalThis.it = ${script.replace(".listen(9000,", ".listen(0,")}; it.on("listening", () => console.log("at", it.address().port))`
  const child = spawn(process.execPath, ["-e", told], {stdio: ["ignore", "pipe", "inherit"]})
  let text = ""
  child.stdout.on("data", (bytes) => (text += bytes))
  try {
    const [, port] = await until("the third party", () => /^at (\d+)$/m.exec(text))
    await use(`http://127.0.0.1:${port}`)
    return text
  } finally {
    child.kill()
  }
}

const tests = {
  "the sequence of a newcomer": async (bench) => {
    await templateApp(bench, "lead-checker")
    const asked = await thirdParty((url) => withDev(bench, {routes: {[alcOrigin]: url}}, async () => {
      const lines = block("export ALC_TOKEN")
      bench.same("route", true, block("node -e").at(-1).includes(`--route ${alcOrigin}=`))
      // `attio` is the program under test; -e stops at the first line that fails.
      const script = [`attio() { "${bench.bin}" "$@"; }`, ...lines, "attio records get \"people/$id\" --json"]
      const {code, stdout, stderr} = await run("bash", ["-e", "-c", script.join("\n")], {cwd: bench.app, env: bench.env})
      if (code !== 0) throw new Error(`exit ${code}\n${stdout}${stderr}`)
      bench.same("toast", true, stdout.includes("toast success  Sent to ALC"))
      bench.same("the webhook came to the record", true, stdout.split("\n").at(-2).includes("Complete"))
    }))
    for (const path of ["POST /api/v1/webhooks", "POST /api/v1/leads"]) bench.same(path, true, asked.includes(path))
  },

  "signing in without a browser": async (bench) => {
    await templateApp(bench, "minimal")
    await withDev(bench, {}, async (dev) => {
      const env = {...bench.env, ATTIO_API_URL: `${dev.url}/api`}
      const child = spawn(bench.bin, ["login", "--no-browser"], {cwd: bench.app, env, stdio: ["ignore", "ignore", "pipe"]})
      let text = ""
      child.stderr.on("data", (bytes) => (text += bytes))
      const over = new Promise((done) => child.on("close", done))
      const [, address] = await until("the address", () => /^  open:  (\S+)$/m.exec(text))
      const script = [`attio() { "${bench.bin}" "$@"; }`, ...block("curl -s \"$ADDRESS\"")]
      const {code, stdout, stderr} = await run("bash", ["-e", "-c", script.join("\n")], {cwd: bench.app, env: {...env, ADDRESS: address}})
      bench.same(`the lines: ${stderr}`, [0, true], [code, stdout.includes("You are signed in")])
      bench.same(`signed in: ${text}`, 0, await over)
      bench.same("who", 0, (await run(bench.bin, ["whoami"], {cwd: bench.app, env})).code)
    })
  },

  "what fails is told as the app's error, and what it leaves behind": async (bench) => {
    await templateApp(bench, "lead-checker")
    await withDev(bench, {args: ["--net", "deny"]}, async () => {
      const added = await run(bench.bin, ["connection", "add", "--value-env", "KEY"], {cwd: bench.app, env: {...bench.env, KEY: "k-1"}})
      bench.same("what stays is named", [1, true], [added.code, added.stderr.includes("attio webhook list")])
      const {items} = await bench.json("webhook", "list")
      bench.same("and is there", 1, items.length)
      const body = JSON.stringify({record_id: "...", status: "Complete"})
      const sent = await bench.attio("webhook", "send", "lead-processed", "--body", body)
      bench.same("exit code", 1, sent.code)
      bench.same("stderr", true, /^error\[findings\]: .*404/.test(sent.stderr) && !sent.stderr.includes("warning:"))
    })
  },
}

export default tests
