// The apps that the tests of the platform run: the example of Attio's documents byte for byte, our
// templates, and the rig (rig/), whose functions do what a test asks for.
import fs from "node:fs"
import path from "node:path"
import {readProbe, writeFiles} from "../probes/apps.mjs"
import {root, run, sdkModules} from "../probes/probe.mjs"

const officialCli = path.join(sdkModules, "attio/dist/cli/index.js")

export function seedApp(bench) {
  writeFiles(readProbe("alc-seed-example").files, bench.app)
  bench.linkSdk()
}

export async function templateApp(bench, template) {
  const {code, stderr} = await run(
    bench.bin,
    ["init", bench.app, "--app", "my-app", "--template", template, "--no-git"],
    {cwd: bench.folder, env: bench.env},
  )
  if (code !== 0) throw new Error(`init ends with ${code}\n${stderr}`)
  bench.linkSdk()
}

// The app that the SDK package's own `init` starts from.
export function starterApp(bench) {
  fs.cpSync(path.join(sdkModules, "attio/dist/template"), bench.app, {recursive: true})
  bench.linkSdk()
}

export function rigApp(bench, more = {}) {
  fs.cpSync(path.join(root, "tests/platform/rig"), bench.app, {recursive: true})
  bench.write(more)
  bench.linkSdk()
}

// Builds with the official CLI of the SDK package and moves the bundles away, so that ours cannot
// mix with them. Gives their folder.
export async function officialBundles(bench) {
  const {code, stdout, stderr} = await run(process.execPath, [officialCli, "build"], {
    cwd: bench.app,
    env: bench.env,
  })
  if (code !== 0) throw new Error(`the official build ends with ${code}\n${stdout}${stderr}`)
  const folder = path.join(bench.folder, "official")
  fs.renameSync(path.join(bench.app, "dist"), folder)
  return folder
}
