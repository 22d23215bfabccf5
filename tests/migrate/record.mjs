// Writes recorded.json anew: what the official CLI of tests/sdk makes of each app of apps.mjs.
import {execFileSync} from "node:child_process"
import crypto from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {apps, base} from "./apps.mjs"
import {lay, snapshot, summary} from "./lay.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const packages = path.join(path.dirname(here), "sdk/node_modules")
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "attio-record-"))
process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))

function hash(text) {
  return crypto.createHash("sha256").update(text).digest("hex").slice(0, 24)
}

function record(name) {
  const folder = path.join(temporary, name)
  lay(folder, {...base, ...apps[name]}, packages)
  const before = snapshot(folder)
  const args = [path.join(folder, "node_modules/attio/dist/cli/index.js"), "migrate", "folder-structure", "--json", "--yes"]
  const options = {cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: {PATH: process.env.PATH, HOME: temporary}}
  try {
    return summary(0, JSON.parse(execFileSync(process.execPath, args, options)), before, snapshot(folder), hash)
  } catch (error) {
    return summary(error.status, JSON.parse(error.stdout), before, snapshot(folder), hash)
  }
}

const lines = Object.keys(apps).map((name) => `\t${JSON.stringify(name)}: ${JSON.stringify(record(name))}`)
fs.writeFileSync(path.join(here, "recorded.json"), `{\n${lines.join(",\n")}\n}\n`)
