// Every step of a deploy with everything that can go wrong with it: the exit code, that nothing counts as
// published, and that the next run ends well with one version.
import {eachScene, makeApp} from "./deploy.mjs"

const steps = {
  app: /^GET \/api\/apps\/by-slug/,
  list: /^GET .*prod-versions$/,
  create: /^POST .*prod-versions$/,
  client: /^PUT .*client/,
  server: /^PUT .*server/,
  complete: /complete$/,
}

const refused = (status, body = {message: "because"}) => ({status, body})
const socket = (use) => (response) => (use(response.socket), "nothing")

// What the server does, and the exit code that it makes: of API calls, of uploads. One of a kind: all
// statuses with all bodies are tests/unit/test_api.c's.
const faults = {
  401: [refused(401), 3, 5],
  403: [refused(403), 3, 5],
  400: [refused(400), 5, 5],
  404: [refused(404), 4, 5],
  409: [refused(409), 4, 5],
  422: [refused(422), 5, 5],
  429: [refused(429), 5, 5],
  500: [refused(500), 5, 5],
  "no answer": [socket((one) => one.destroy()), 6, 5],
  cut: [socket((one) => one.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")), 6, 5],
  garbage: [socket((one) => one.end("\x00\x01 hello\r\n")), 5, 5],
  silence: [() => "nothing", 6, 6],
  redirect: [(response) => (response.writeHead(302, {Location: "https://a.example/"}).end(), "nothing"), 5, 5],
  "wrong shape": [{body: {app: 1, app_prod_versions: [{}], app_id: 7, success: "yes"}}, 5],
  huge: [{body: "x".repeat((16 << 20) + 1)}, 5],
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
