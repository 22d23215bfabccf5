// Runs the tests of the host on every Node that it has to run on:  run.mjs [FILE...]
// Ends with `N passed, N failed`.
import {spawnSync} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {fileURLToPath} from "node:url"

const here = path.dirname(fileURLToPath(import.meta.url))
const nodes = path.join(here, "../nodes/node_modules")
const versions = ["node20", "node22", "node24"].filter((name) => fs.existsSync(path.join(nodes, name)))
const files = process.argv.slice(2).length > 0
  ? process.argv.slice(2)
  : fs.readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => path.join(here, name))

// What hardly depends on the version and takes long: on the first one only.
const once = ["bundles.test.mjs", "packages.test.mjs"]

// Milliseconds for all files on one Node, many times what they take: what hangs fails.
const patience = 1_200_000

let passed = 0
let failed = 0
if (versions.length === 0) {
  console.log("SKIPPED the host: tests/nodes has no Node for this machine")
}
for (const version of versions) {
  const mine = files.filter((file) => version === versions[0] || !once.includes(path.basename(file)))
  const {stdout, stderr, status} = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...mine], {
    encoding: "utf8",
    env: {...process.env, ATTIO_NODE: path.join(nodes, version, "bin/node")},
    maxBuffer: 1 << 28,
    timeout: patience,
  })
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(stdout)?.[1] ?? 0)
  passed += count("pass")
  failed += count("fail") + count("cancelled") || (status === 0 ? 0 : 1)
  console.log(`${version}: ${count("pass")} passed, ${count("fail") + count("cancelled")} failed`)
  if (status !== 0) console.log(stdout, stderr)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
