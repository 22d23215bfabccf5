// A disk that is full, and has space again: `attio dev` goes on, refuses what it cannot keep, says so once.
// The store is on a small file system of its own, which only root may make: else there is nothing to see.
import {spawnSync} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {rigApp} from "./apps.mjs"
import {Dev} from "./dev.mjs"

const possible = () => spawnSync("unshare", ["-m", "true"]).status === 0

// Starts the program with a file system of 3 MB at `folder`, which the test sees through /proc.
function within(bench, folder) {
  const file = path.join(bench.folder, "small-disk.sh")
  const mount = 'mount -t tmpfs -o size=3m none "$0" && exec "$@"'
  fs.writeFileSync(file, `#!/bin/sh\nexec unshare -m sh -c '${mount}' '${folder}' '${bench.bin}' "$@"\n`, {mode: 0o755})
  return file
}

function fill(file) {
  const out = fs.openSync(file, "w")
  try {
    for (;;) fs.writeSync(out, Buffer.alloc(4096))
  } catch (error) {
    if (error.code !== "ENOSPC") throw error
  } finally {
    fs.closeSync(out)
  }
}

export default {
  "a full disk is told of, and lived through": async (bench) => {
    if (!possible()) return
    rigApp(bench)
    const folder = path.join(bench.app, ".attio")
    fs.mkdirSync(folder)
    const {bin} = bench
    bench.bin = within(bench, folder)
    const dev = new Dev(bench, {args: ["--no-check"]})
    bench.bin = bin
    try {
      dev.url = (await dev.event("ready")).url
      const seen = `/proc/${dev.child.pid}/root${folder}`
      Object.assign(dev, JSON.parse(fs.readFileSync(path.join(seen, "local/run.json"), "utf8")))
      const put = (key) => dev.api("PUT", `/kv/${key}`, {value: "x".repeat(100000)})
      const add = () => dev.api("POST", "/records/people", {values: {name: "Full, Fay"}})
      bench.same("before", 200, (await put("a")).status)
      fill(path.join(seen, "fill"))
      for (const key of ["b", "c", "d"]) {
        const {status, json} = await put(key)
        bench.same("a write", [500, true], [status, /the disk is full/.test(json?.error.message)])
      }
      bench.same("a record", 500, (await add()).status)
      bench.same("reading", [200, 200], [(await dev.api("GET", "/kv/a")).status, (await dev.api("GET", "/status")).status])
      fs.rmSync(path.join(seen, "fill"))
      bench.same("after", [200, 200], [(await put("e")).status, (await add()).status])
      const {json} = await dev.api("GET", "/kv")
      bench.same("what was kept", ["a", "e"], json.items.map(({key}) => key))
      bench.same("told", 1, dev.lines.filter(({code}) => code === "disk-full").length)
      await dev.stop()
    } finally {
      if (dev.code === undefined) dev.killAll()
    }
  },
}
