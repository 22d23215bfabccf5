// What README.md and those of the templates tell a newcomer to type, typed: the third party of their one-liner, then the
// sequence, line by line in one shell.
import fs from "node:fs"
import path from "node:path"
import {spawn} from "node:child_process"
import {root, run} from "../probes/probe.mjs"
import {templateApp} from "./apps.mjs"
import {alcOrigin, until, withDev} from "./dev.mjs"

const running = textOf(path.join(root, "README.md"), "Running an app on this machine")

// The text below a heading.
function textOf(file, heading) {
  return fs.readFileSync(file, "utf8").split(`\n## ${heading}\n`)[1].split("\n## ")[0]
}

// Its indented blocks, each as its lines.
const blocksOf = (text) => (text.match(/(?:^ {4}.*\n|^ {4}.*$)+/gm) ?? []).map((one) => one.split("\n").map((line) => line.slice(4)))

// The one that begins with a text.
const block = (start, text = running) => blocksOf(text).find(([line]) => line.startsWith(start)).filter((line) => line !== "")

// The one-liner, on a port of its own choice that it tells.
async function thirdParty(lines, use) {
  const [, script] = /^node -e '([^']*)' &$/m.exec(lines.join("\n"))
  if (!script.includes(".listen(9000,")) throw new Error("the third party of the README listens elsewhere")
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

// Lines of a shell in which `attio` is the program under test; -e stops at the first that fails. Packages are there.
async function type(bench, lines) {
  const script = [
    `attio() { "${bench.bin}" "$@"; }`,
    'npm() { case "$1" in install|ci) ;; run) PATH="$PWD/node_modules/.bin:$PATH" command npm --offline "$@" ;; *) command npm "$@" ;; esac; }',
    ...lines,
  ]
  const {code, stdout, stderr} = await run("bash", ["-e", "-c", script.join("\n")], {cwd: bench.app, env: bench.env, timeout: 120000})
  if (code !== 0) throw new Error(`exit ${code} of\n${lines.join("\n")}\n${stdout}${stderr}`)
  return stdout
}

// What a template's README says below "Try it on this machine": what is played, how `attio dev` is started, and the lines
// that follow, which are all typed.
async function tryIt(bench) {
  const text = textOf(path.join(bench.app, "README.md"), "Try it on this machine")
  const blocks = blocksOf(text)
  const starts = blocks.find((lines) => lines.some((line) => line.startsWith("attio dev")))
  const at = starts.findIndex((line) => line.startsWith("attio dev"))
  const args = starts[at].replace(/ +#.*/, "").split(" ").slice(2)
  const lines = [...starts.slice(at + 1), ...blocks.filter((one) => one !== starts).flat()]
  const use = async (url) => {
    const own = args.map((arg) => (url ? arg.replace("http://127.0.0.1:9000", url) : arg))
    if (url) bench.same("its route", true, own.join(" ").includes(`${alcOrigin}=${url}`))
    await withDev(bench, {args: own}, () => type(bench, lines))
  }
  return at > 0 ? thirdParty(starts, use) : use(undefined)
}

const tests = {
  "the sequence of a newcomer": async (bench) => {
    await templateApp(bench, "lead-checker")
    const asked = await thirdParty(block("node -e"), (url) => withDev(bench, {routes: {[alcOrigin]: url}}, async () => {
      const lines = block("export ALC_TOKEN")
      bench.same("route", true, block("node -e").at(-1).includes(`--route ${alcOrigin}=`))
      const stdout = await type(bench, [...lines, "attio records get \"people/$id\" --json"])
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

for (const template of ["lead-checker", "minimal", "widget", "workflow"]) {
  tests[`${template}: every line of its README, typed`] = async (bench) => {
    await templateApp(bench, template)
    const readme = path.join(bench.app, "README.md")
    await type(bench, blocksOf(textOf(readme, "Start")).flat())
    const asked = await tryIt(bench)
    if (asked !== undefined) for (const one of ["POST /api/v1/webhooks", "POST /api/v1/leads"]) bench.same(one, true, asked.includes(one))
    await type(bench, ["Tests", "CI"].flatMap((heading) => blocksOf(textOf(readme, heading)).flat()))
  }
}

export default tests
