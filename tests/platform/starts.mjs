// What a start leaves for the next one: code of ours that Node compiled, for the user and never in the app.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {seedApp} from "./apps.mjs"
import {Dev, groupMembers, within} from "./dev.mjs"

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

// Its exit code, and how many processes it has left in a group of its own.
async function leaves(bench, args, {env = {}, after} = {}) {
  const child = spawn(bench.bin, args, {cwd: bench.app, env: {...bench.env, ...env}, detached: true, stdio: "ignore"})
  const ended = new Promise((done) => child.on("close", (code, signal) => done(code ?? signal)))
  if (after) setTimeout(() => child.kill("SIGKILL"), after)
  const how = await within(args.join(" "), ended)
  if (!after) return [how, groupMembers(child.pid).length]
  // What it started sees its end and goes.
  const gone = async () => {
    while (groupMembers(child.pid).length > 0) await new Promise((done) => setTimeout(done, 10))
  }
  await within(`${args.join(" ")}, killed`, gone())
  return [how, 0]
}

export default {
  "Node, which is started first, is never left": async (bench) => {
    seedApp(bench)
    await list(bench, "at first") // from now on it is known which Node
    const run = ["action", "run", "nothing", "--record", "people/ada"]
    bench.same("an action that is not there", [4, 0], await leaves(bench, run))
    bench.same("a state that cannot be", [8, 0], await leaves(bench, [...run, "--state", "package.json"]))
    bench.same("a dev that cannot be", [2, 0], await leaves(bench, ["dev", "--net", "live", "--now", "never"]))
    bench.same("words that are wrong", [2, 0], await leaves(bench, ["dev", "--answers"]))
    for (const text of ["1 0 1 2 3", "x", `${process.pid} 3 4 5 6`]) {
      bench.same(`${text} from elsewhere`, [0, 0], await leaves(bench, ["action", "list"], {env: {ATTIO_HOST_CHILD: text}}))
    }
    for (const after of [1, 2, 4, 8, 16, 32]) {
      bench.same(`killed after ${after} ms`, 0, (await leaves(bench, run, {after}))[1])
      bench.same(`dev, killed after ${after} ms`, ["SIGKILL", 0], await leaves(bench, ["dev", "--port", "0"], {after}))
    }
    const dev = await new Dev(bench).ready()
    bench.same("a second dev", [4, 0], await leaves(bench, ["dev", "--port", "0"]))
    bench.same("beside a dev", [0, 0], await leaves(bench, ["action", "list"]))
    await dev.stop()
    bench.write({"src/app.ts": "const broken = (\n"})
    bench.same("an app that does not build", 0, (await leaves(bench, ["action", "list"]))[1])
  },

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
