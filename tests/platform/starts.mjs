// What a start leaves for the next one: code of ours that Node compiled, for the user and never in the app.
import fs from "node:fs"
import path from "node:path"
import {seedApp} from "./apps.mjs"

const folderOf = (bench) => path.join(bench.env.XDG_CACHE_HOME ?? path.join(bench.env.HOME, ".cache"), "attio/host")

function kept(bench) {
  const folder = folderOf(bench)
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : []
}

const mode = (file) => (fs.statSync(file).mode & 0o777).toString(8)

// A command that runs app code on a platform of its own.
async function list(bench, what) {
  const {items} = await bench.json("action", "list")
  bench.same(`${what}: the app runs`, ["send-to-alc"], items?.map(({id}) => id))
}

export default {
  "a command keeps what Node compiled for the user alone": async (bench) => {
    seedApp(bench)
    await list(bench, "at first")
    const files = kept(bench)
    bench.same("files", 1, files.length)
    bench.same("modes", ["700", "600"], [folderOf(bench), ...files].map(mode))
    const before = fs.readFileSync(files[0])
    await list(bench, "then")
    bench.same("it is made once", true, before.equals(fs.readFileSync(files[0])))
  },

  "what is there instead does no harm and is made again": async (bench) => {
    seedApp(bench)
    await list(bench, "at first")
    const [file] = kept(bench)
    const good = fs.readFileSync(file)
    for (const [what, bytes] of [
      ["empty", Buffer.alloc(0)],
      ["cut", good.subarray(0, good.length >> 1)],
      ["a bit changed", Buffer.concat([good.subarray(0, -1), Buffer.from([good.at(-1) ^ 1])])],
      ["something else", Buffer.from("#!/bin/sh\n")],
    ]) {
      fs.writeFileSync(file, bytes)
      await list(bench, what)
      bench.same(`${what}: it is made again`, good.subarray(0, 32).toString(), fs.readFileSync(file).subarray(0, 32).toString())
      bench.same(`${what}: whole`, false, bytes.equals(fs.readFileSync(file)))
    }
  },

  "a folder of the app is not believed": async (bench) => {
    seedApp(bench)
    const cache = path.join(bench.app, "cache")
    bench.env = {...bench.env, ATTIO_CACHE_DIR: "cache"}
    await list(bench, "with a cache there")
    bench.same("kept in the app", false, fs.existsSync(path.join(cache, "host")))
    bench.same("kept for the user", 1, kept(bench).length)
  },
}
