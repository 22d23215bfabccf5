// SIGKILL at random moments, of our process and of the child that hosts the app. Afterwards the store
// opens, what was acknowledged is there, and no process is left. `KILLS=N`, `SEED=N` repeat a run.
import fs from "node:fs"
import path from "node:path"
import {seeded} from "../runner/random.mjs"
import {seedApp} from "./apps.mjs"
import {Dev, until} from "./dev.mjs"
import {call, withRig} from "./failures.mjs"

const kills = Number(process.env.KILLS ?? 50)
const seed = Number(process.env.SEED ?? Date.now() % 1e6)
const random = seeded(seed)

const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// Writes as fast as it goes until nobody answers; gives the names that were acknowledged.
async function writeUntilDead(dev, round, kept) {
  for (let i = 0; ; i++) {
    const name = `round ${round} number ${i}`
    try {
      const body = {data: {values: {name: `${name}, Test`}}}
      const {status, json} = await dev.rest("POST", "/v2/objects/people/records", body)
      if (status === 200) kept.set(json.data.id.record_id, name)
    } catch {
      return
    }
  }
}

async function killOurs(bench, round, kept) {
  const dev = new Dev(bench, {args: ["--limits", "rest=off"]})
  const early = random() < 0.2 // before it is ready, or at work
  let host
  let writing
  if (!early) {
    await dev.ready()
    host = await dev.hostPid()
    writing = writeUntilDead(dev, round, kept)
  }
  await pause(random() * 200)
  if (dev.code !== undefined) throw dev.trouble("ended by itself")
  process.kill(dev.child.pid, "SIGKILL")
  await dev.ended
  await writing
  await dev.nobodyLeft(host)
}

async function checkStore(bench, kept) {
  const dev = await new Dev(bench, {args: ["--limits", "rest=off"]}).ready()
  for (const [id, name] of kept) {
    const {status, json} = await dev.rest("GET", `/v2/objects/people/records/${id}`)
    bench.same(`record of ${name}`, [200, name], [status, json?.data?.values.name[0]?.last_name])
  }
  const stale = fs.readdirSync(path.join(bench.app, ".attio/local")).filter((one) => /tmp|\.new/.test(one))
  bench.same("files that are left", [], stale)
  await dev.stop()
}

export default {
  [`our process, ${kills} times`]: async (bench) => {
    seedApp(bench)
    const kept = new Map()
    for (let round = 0; round < kills; round++) {
      const before = bench.problems.length
      await killOurs(bench, round, kept)
      if (bench.problems.length > before) return bench.wrong(`round ${round}, SEED=${seed}`)
    }
    bench.same("something was acknowledged", true, kept.size > 0)
    await checkStore(bench, kept)
  },

  [`the child, ${kills} times`]: (bench) =>
    withRig(
      bench,
      async (dev, third) => {
        for (let round = 0; round < kills; round++) {
          const pid = await dev.hostPid()
          // A call is under way, or not.
          const busy = random() < 0.5
          const open = busy ? call(dev, "slow", 10000 + round) : undefined
          if (busy) await third.seen(`/started/${10000 + round}`)
          await pause(random() * 20)
          process.kill(pid, "SIGKILL")
          if (open) bench.same("the open call", "unexpected-transport-error", (await open).error?.code)
          // That it is gone is known when there is another one.
          await until("another child", async () => ![pid, null, undefined].includes(await dev.hostPid()))
          const {value, error} = await call(dev, "fail", "stray")
          bench.same(`round ${round}, SEED=${seed}: the next call`, ["returned", null], [value, error ?? null])
          if (bench.problems.length > 0) return
        }
      },
      {args: ["--limits", "egress=off"]},
    ),

  "Ctrl-C and SIGTERM at random moments": async (bench) => {
    seedApp(bench)
    for (let round = 0; round < Math.min(kills, 20); round++) {
      const dev = new Dev(bench)
      await pause(random() * 500)
      const signal = round % 2 ? "SIGINT" : "SIGTERM"
      dev.child.kill(signal)
      await dev.ended
      bench.same(`${signal}: exit`, true, [0, 130, 143, signal].includes(dev.code))
      bench.same("run file", false, fs.existsSync(path.join(bench.app, ".attio/local/run.json")))
      await dev.nobodyLeft()
    }
  },
}
