// Killed and stopped between any two requests: the next run goes on with the same version.
import fs from "node:fs"
import path from "node:path"
import {eachScene, makeApp, Scene} from "./deploy.mjs"

// How many requests a deploy of the app is.
async function countRequests(bench) {
  const scene = await new Scene(bench, "whole").open()
  await scene.again("1.0", "an undisturbed run")
  scene.close()
  return scene.attio.seen.length
}

const numbers = (count, words) => Array.from({length: count}, (_, i) => `${words} ${i + 1}`)
const numberOf = (scene) => Number(scene.name.split(" ").at(-1))

// Does `what` when request number n has come. It is not done, or done and stays without an answer
// (`acts`), or is answered to whom is left (`answers`).
function at(scene, what, {acts, answers}) {
  const n = numberOf(scene)
  scene.attio.meddle = async (request, number, act) => {
    if (number !== n) return undefined
    const answer = acts || answers ? act() : undefined
    scene.last = request
    await what()
    return answers ? answer : "nothing"
  }
}

async function sweep(bench, template, words, {signal, acts = false, answers = false, code = null}) {
  await makeApp(bench, template)
  const count = await countRequests(bench)
  await eachScene(bench, numbers(count, words), async (scene) => {
    const kill = () => new Promise((gone) => (scene.child.once("exit", gone), scene.child.kill(signal)))
    at(scene, answers ? kill : () => scene.child.kill(signal), {acts, answers})
    const first = await scene.deploy("--json")
    scene.same("how it ended", code === null ? [null, signal] : [code, null], [first.code, first.signal])
    if (code !== null) {
      const document = JSON.parse(first.stdout)
      scene.same("the document", [false, code, "interrupted"], [document.ok, document.exit, document.error.kind])
      const begun = /PUT|complete/.test(scene.last)
      scene.same("what is said to exist", begun, "major" in (document.unfinished ?? {}))
    }
    // What was begun by a request that is never answered, nobody can go on with.
    const orphan = acts && scene.last.startsWith("POST") && !scene.last.endsWith("complete")
    await scene.again(orphan ? "1.1" : "1.0")
    scene.same("versions that were begun", orphan ? 2 : 1, scene.attio.drafts.length)
    const done = (acts || answers) && scene.last.endsWith("complete")
    scene.same("how often it was completed", done ? 2 : 1, scene.attio.drafts.at(-1).complete)
  })
}

export default {
  "SIGKILL when a request has come": (bench) => sweep(bench, "minimal", "kill at", {signal: "SIGKILL"}),
  "SIGKILL, with blocks": (bench) => sweep(bench, "workflow", "kill at", {signal: "SIGKILL"}),
  "SIGKILL when it was done, before its answer": (bench) =>
    sweep(bench, "minimal", "kill behind", {signal: "SIGKILL", acts: true}),
  "SIGKILL before the answer is read": (bench) =>
    sweep(bench, "workflow", "kill before", {signal: "SIGKILL", answers: true}),
  "SIGINT says what is there": (bench) => sweep(bench, "minimal", "interrupt at", {signal: "SIGINT", code: 130}),
  "SIGTERM says what is there": (bench) => sweep(bench, "minimal", "end at", {signal: "SIGTERM", code: 143}),

  "SIGHUP says what is there": (bench) => sweep(bench, "minimal", "hang up at", {signal: "SIGHUP", code: 129}),

  // The answer to *create* comes once: it is waited for, and the next run finishes that version.
  "stopped while create is answered slowly": async (bench) => {
    await makeApp(bench)
    await eachScene(bench, ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"], async (scene) => {
      scene.attio.meddle = async (request, number, act) => {
        if (!/^POST .*prod-versions$/.test(request)) return undefined
        scene.child.kill(scene.name)
        await new Promise((done) => setTimeout(done, 300)) // the server's slowness; nothing waits for it here
        return act()
      }
      const first = await scene.deploy("--json")
      const document = JSON.parse(first.stdout)
      scene.same("how it ended", ["interrupted", first.code], [document.error.kind, document.exit])
      scene.same("what is said to exist", 0, document.unfinished?.minor)
      await scene.again("1.0")
      scene.same("versions that were begun", 1, scene.attio.drafts.length)
    })
  },

  // A refresh token that was sent may be spent: what came for it is stored before the signal ends us.
  "stopped while the token is renewed": async (bench) => {
    await makeApp(bench)
    await eachScene(bench, ["SIGINT", "SIGTERM", "SIGHUP"], async (scene) => {
      const file = path.join(scene.folder, "credential.json")
      const held = {access_token: "old-access", refresh_token: "old-refresh", token_type: "Bearer", expires_at: 1}
      fs.writeFileSync(file, JSON.stringify(held), {mode: 0o600})
      scene.attio.meddle = async (request) => {
        if (!/oidc.token/.test(request)) return undefined
        scene.child.kill(scene.name)
        await new Promise((done) => setTimeout(done, 300)) // the server's slowness
        return {body: {access_token: "new-access", refresh_token: "new-refresh", token_type: "Bearer", expires_in: 3600}}
      }
      const first = await scene.deployWith({ATTIO_TOKEN: "", ATTIO_TOKEN_FILE: file}, "--json")
      scene.same(`how it ended (${first.stderr})`, scene.name, first.signal)
      scene.same("what is stored", "new-refresh", JSON.parse(fs.readFileSync(file, "utf8")).refresh_token)
      scene.same("what was asked", ["POST /oidc/token"], scene.attio.seen)
    })
  },

  // Each run gets one request further.
  "killed again and again": async (bench) => {
    await makeApp(bench)
    const scene = await new Scene(bench, "again").open()
    for (const stop of [/by-slug/, /GET.*prod-versions/, /PUT.*client/, /PUT.*server/, /complete/]) {
      scene.attio.meddle = (request) => {
        if (!stop.test(request)) return undefined
        scene.child.kill("SIGKILL")
        return "nothing"
      }
      scene.same("killed", "SIGKILL", (await scene.deploy()).signal)
    }
    await scene.again("1.0")
    scene.same("versions that were begun", 1, scene.attio.drafts.length)
    scene.close()
  },

  "two at a time": async (bench) => {
    await makeApp(bench)
    const scene = await new Scene(bench, "two").open()
    let second
    scene.attio.meddle = async (request) => {
      scene.attio.meddle = () => undefined
      second = await scene.deploy("--json")
      return undefined
    }
    const first = await scene.deploy()
    scene.same("the first", [0, "1.0\n"], [first.code, first.stdout])
    scene.same("the second", [4, "another deploy of this app is running"], [
      second.code,
      JSON.parse(second.stdout).error.message,
    ])
    scene.close()
  },
}
