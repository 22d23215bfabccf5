// Every step of a deploy with everything that can go wrong with it: the exit code, that nothing counts as
// published, and that the next run ends well with one version.
import {eachScene, makeApp} from "./deploy.mjs"
import {faults} from "./faults.mjs"

const steps = {
  app: /^GET \/api\/apps\/by-slug/,
  list: /^GET .*prod-versions$/,
  create: /^POST .*prod-versions$/,
  client: /^PUT .*client/,
  server: /^PUT .*server/,
  complete: /complete$/,
}

const scenes = []
for (const step of Object.keys(steps)) {
  for (const [name, [, api, upload]] of Object.entries(faults)) {
    const uploads = steps[step].source.includes("PUT")
    if (uploads && upload === undefined) continue
    scenes.push(`${step}: ${name}`)
  }
}

function break_(scene) {
  const [step, fault] = scene.name.split(": ")
  const [what] = faults[fault]
  scene.attio.meddle = (request, number, act, response) => {
    if (!steps[step].test(request)) return undefined
    return typeof what === "function" ? what(response) : what
  }
  return [step, fault]
}

export default {
  "every step, every failure": async (bench) => {
    await makeApp(bench)
    await eachScene(bench, scenes, async (scene) => {
      const [step, fault] = break_(scene)
      const uploads = steps[step].source.includes("PUT")
      const code = faults[fault][uploads ? 2 : 1]
      // Only who is not answered waits; what comes before that has time enough on a busy machine.
      const first = await scene.deploy("--json", ...(fault === "silence" ? ["--timeout", "3"] : []))
      const document = JSON.parse(first.stdout)
      scene.same("exit code", [code, code, false], [first.code, document.exit, document.ok])
      scene.same("version", undefined, document.version)
      scene.same("published", [], scene.attio.published)
      // libcurl would send it again by itself where a used connection breaks.
      const asked = scene.attio.seen.filter((one) => steps.create.test(one)).length
      if (step === "create" && fault !== "429") scene.same("how often it was asked for", 1, asked)
      const refusal = ["400", "404", "409", "422", "429", "redirect"].includes(fault)
      if (step === "create" && refusal) scene.same("a refusal is sure", false, /not known/.test(document.error.fix))
      const begun = uploads || step === "complete"
      scene.same("what is said to exist", begun, "major" in (document.unfinished ?? {}))
      if (begun) scene.same("how to go on", true, /run it again/.test(document.error.fix))
      await scene.again("1.0")
      scene.same("versions that were begun", 1, scene.attio.drafts.length)
    })
  },

  "the storage is not there": async (bench) => {
    await makeApp(bench)
    await eachScene(bench, ["dead storage"], async (scene) => {
      scene.attio.meddle = (request, number, act) => {
        if (!steps.create.test(request)) return undefined
        const answer = act()
        answer.body.client_bundle_upload_url = "http://127.0.0.1:1/up"
        return answer
      }
      const first = await scene.deploy("--json")
      const {error} = JSON.parse(first.stdout)
      scene.same("how it ended", [6, "network"], [first.code, error.kind])
      scene.same("published", [], scene.attio.published)
    })
  },
}
