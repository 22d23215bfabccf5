// How requests travel: HTTP/2 where it is offered, connections that are used again, bytes as they are.
import {spawn} from "node:child_process"
import fs from "node:fs"
import {Attio, signature, token} from "./attio.mjs"
import {eachScene, makeApp, Scene} from "./deploy.mjs"

function wordsOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")
  } catch {
    return "" // it has ended
  }
}

export default {
  "connections are used again": async (bench) => {
    await makeApp(bench, "workflow")
    await eachScene(bench, ["reuse"], async (scene) => {
      await scene.again("1.0")
      const uploads = Object.keys(scene.attio.drafts[0].uploads).length
      scene.same("uploads", 4, uploads)
      // What may not be repeated (create, complete) has a connection of its own.
      scene.same("connections", true, scene.attio.connections <= uploads + 2)
      scene.same("protocol", ["1.1"], [...scene.attio.protocols])
    })
  },

  // Who else is on the machine sees the words of all processes.
  "no process has a secret among its words": async (bench) => {
    if (process.platform !== "linux") return
    await makeApp(bench)
    await eachScene(bench, ["words"], async (scene) => {
      let looked = 0
      scene.attio.meddle = (request) => {
        for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
          const words = wordsOf(pid)
          looked += words.includes("__errand") ? 1 : 0
          for (const secret of [token, signature]) scene.same(`${secret} in ${words} at ${request}`, false, words.includes(secret))
        }
        return undefined
      }
      scene.same("how it ended", 0, (await scene.deploy()).code)
      scene.same("the process that asks for a version was looked at", true, looked > 0)
    })
  },

  // Where crashed programs leave their memory is the machine's matter: here it is looked for beside the app.
  "a crash leaves no memory with the token in a file": async (bench) => {
    await makeApp(bench)
    await eachScene(bench, ["core"], async (scene) => {
      let child
      scene.attio.meddle = () => (child.kill("SIGABRT"), "nothing")
      const env = {...bench.env, ...scene.attio.env}
      child = spawn("bash", ["-c", `ulimit -c unlimited; exec ${bench.bin} version list`], {cwd: scene.folder, env, stdio: "ignore"})
      const signal = await new Promise((done) => child.on("close", (_, by) => done(by)))
      scene.same("how it ended", "SIGABRT", signal)
      scene.same("what it left", [], fs.readdirSync(scene.folder).filter((one) => one.startsWith("core")))
    })
  },

  "HTTP/2 over TLS": async (bench) => {
    await makeApp(bench)
    const scene = new Scene(bench, "h2")
    await scene.open()
    scene.close()
    scene.attio = await new Attio().startSecure(bench.folder)
    const {code, stdout, stderr} = await scene.deploy("--cacert", scene.attio.ca)
    scene.same(`how it ended (${stderr})`, [0, "1.0\n"], [code, stdout])
    scene.same("protocols", ["2.0"], [...scene.attio.protocols])
    scene.close()
  },

  // What is sent is what `attio build` writes.
  "bundles arrive byte for byte": async (bench) => {
    await makeApp(bench, "workflow")
    await eachScene(bench, ["bytes"], async (scene) => {
      await scene.again("1.0")
      await bench.attio("build", "-C", scene.folder, "--out", `${scene.folder}/../built`)
      const {readFileSync} = await import("node:fs")
      const built = (name) => readFileSync(`${scene.folder}/../built/${name}.js`, "utf8")
      const {uploads} = scene.attio.drafts[0]
      scene.same("client", built("index"), uploads.client)
      scene.same("server", built("server"), uploads.server)
      for (const id of scene.attio.drafts[0].blocks) scene.same(id, built(`workflow/${id}`), uploads[`block-${id}`])
    })
  },
}
