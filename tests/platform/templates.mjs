// Each template does on the platform what its README says.
import {Alc, postJson} from "./alc.mjs"
import {starterApp, templateApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {ask, connect, person, valuesOf} from "./seed.mjs"
import {Third} from "./third.mjs"

const token = "alc-secret-2b7e151628aed2a6"

async function withTemplate(bench, template, use) {
  await templateApp(bench, template)
  const alc = await new Alc(token).start()
  await withDev(bench, {alc}, (dev) => use(dev, alc))
  await alc.stop()
}

const show = (dev, steps) =>
  dev.api("POST", "/surfaces/show", {kind: "widget", id: "next-step", record: "people/ada", steps})

const textOf = (surface) => (surface?.tree ?? []).join("\n")

const lead = {
  name: "Ada Lovelace",
  phone_number: {original: "+15558675309", normalized: "+15558675309", country_code: "US"},
}

async function runsOf(dev, block) {
  const {items} = await dev.attio("block", "list")
  return items.find((one) => one.id === block)?.runs ?? []
}

export default {
  "lead-checker": (bench) =>
    withTemplate(bench, "lead-checker", async (dev, alc) => {
      bench.same("connect", 0, (await connect(dev)).code)
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const run = await ask(dev, ada)
      bench.same("toasts", ["Sending to ALC...", "Sent to ALC"], run.toasts.map((one) => one.title))
      const pending = await valuesOf(dev, ada)
      bench.same("pending", ["lead-1", "Pending"], [pending.alc_lead_id[0]?.value, pending.alc_status[0]?.value])
      const [answer] = await alc.done("lead-1", {status: "Complete"})
      bench.same("webhook", [200, "Complete"], [answer.status, (await valuesOf(dev, ada)).alc_status[0]?.value])
    }),

  minimal: (bench) =>
    withTemplate(bench, "minimal", async (dev) => {
      const {items} = await dev.attio("action", "list")
      bench.same("actions", ["say-hello"], items.map((one) => one.id))
      const {ok, toasts} = await dev.attio("action", "run", "say-hello", "--record", "companies/Kepler Orbits")
      bench.same("toast", [true, ["Hello from My App"]], [ok, toasts.map((one) => one.title)])
    }),

  "widget: shown, changed in its dialog, shown again": (bench) =>
    withTemplate(bench, "widget", async (dev) => {
      const first = await dev.attio("widget", "show", "next-step", "--record", "people/ada")
      bench.same("exit code", [0, true], [first.code, first.ok])
      const lists = await Promise.all(["widget", "action", "tab", "page"].map((word) => dev.attio(word, "list", ...(word === "page" ? [] : ["--record", "people/ada"]))))
      bench.same("lists", [[["next-step", true]], [], [], []], lists.map(({items}) => items.map((one) => [one.id, one.applies])))
      for (const text of ["Next step", "None yet", "Click to add one"]) {
        bench.same(`"${text}" is shown`, true, textOf(first.surface).includes(text))
      }
      const changing = ["click \"Next step\"", "fill text=Write a proposal", "choose \"Priority\" \"High\"", "submit"]
      const {json: changed} = await show(dev, changing)
      bench.same("it works", [true, null], [changed?.ok, changed?.error ?? null])
      bench.same("toast", ["Next step saved"], (changed?.toasts ?? []).map((one) => one.title))
      bench.same("the dialog is closed", [["Next step", true]], (changed?.dialogs ?? []).map((one) => [one.title, one.closed]))
      for (const surface of [changed?.surface, (await dev.attio("widget", "show", "next-step", "--record", "people/ada")).surface]) {
        bench.same("the new step is shown", true, textOf(surface).includes("Write a proposal"))
        bench.same("its priority", true, textOf(surface).includes("high priority"))
      }
      const other = await dev.attio("widget", "show", "next-step", "--record", "companies/Kepler Orbits")
      bench.same("another record", true, textOf(other.surface).includes("None yet"))
    }),

  "widget: a form that is not filled in right": (bench) =>
    withTemplate(bench, "widget", async (dev) => {
      const {json} = await show(dev, ["click \"Next step\"", "fill text=ab", "submit"])
      const [dialog] = json?.dialogs ?? []
      bench.same("the dialog stays", [false, []], [dialog?.closed, json?.toasts])
      bench.same("the error is shown", true, /3 characters/.test(textOf(dialog)))
    }),

  "widget: settings": (bench) =>
    withTemplate(bench, "widget", async (dev) => {
      const {values} = await dev.attio("settings", "get")
      bench.same("settings", {ask_before_clearing: null, days: null, default_step: null}, sorted(values))
      await dev.attio("settings", "set", "default_step", "Ask for news")
      await dev.attio("settings", "set", "ask_before_clearing", "true")
      const after = (await dev.attio("settings", "get")).values
      bench.same("settings", {ask_before_clearing: true, days: null, default_step: "Ask for news"}, sorted(after))
      const {json} = await show(dev, ["click \"Next step\"", "submit"])
      bench.same("the setting is used", true, textOf(json?.surface).includes("Ask for news"))
      // Clearing asks first: without an answer the run stops and says what it wants.
      const {json: asked} = await show(dev, ["click \"Next step\"", "click \"Clear\""])
      bench.same("a question without an answer", "confirm", asked?.needs?.kind ?? asked?.error?.kind)
      const {json: cleared} = await show(dev, ["click \"Next step\"", "click \"Clear\"", "answer confirm yes"])
      bench.same("cleared", true, textOf(cleared?.surface).includes("None yet"))
      const wrong = await dev.attio("settings", "set", "days", "many")
      bench.same("a wrong value", true, wrong.code !== 0)
    }),

  "widget: settings are there after a restart": async (bench) => {
    await templateApp(bench, "widget")
    await bench.json("settings", "set", "default_step", "Ask for news")
    const filled = await bench.json("widget", "show", "next-step", "--record", "people/ada", "--step", "click \"Next step\"")
    bench.same("the setting is used", true, textOf(filled.dialogs?.[0]).includes("Ask for news"))
    const {values} = await bench.json("settings", "get")
    bench.same("settings", "Ask for news", values?.default_step)
  },

  "widget: the settings page": (bench) =>
    withTemplate(bench, "widget", async (dev) => {
      const filling = {kind: "settings", steps: ["fill days=14"]}
      const {json} = await dev.api("POST", "/surfaces/show", filling)
      bench.same("it works", [true, null], [json?.ok, json?.error ?? null])
      bench.same("saved", 14, (await dev.attio("settings", "get")).values.days)
      const {json: member} = await dev.api("POST", "/surfaces/show", {...filling, steps: ["fill days=1"], as: "member"})
      bench.same("a member may not", [false, 14], [member?.ok ?? false, (await dev.attio("settings", "get")).values.days])
    }),

  "workflow: the trigger": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      const {items} = await dev.attio("block", "list")
      bench.same("blocks", [["check-lead", "step"], ["lead-processed", "trigger"]], items.map((one) => [one.id, one.type]).sort())
      const activated = await dev.attio("block", "activate", "lead-processed", "--config", '{"status": "interested"}')
      const [hook] = alc.webhooks.values()
      bench.same("activate", [0, "lead.processed"], [activated.code, hook?.event])
      bench.same("its address", true, (hook?.url ?? "").startsWith(`${dev.url}/w/`))
      const report = {lead_id: "lead-9", status: "interested", score: 8}
      for (const body of [report, {...report, status: "not-interested"}, {}, "no JSON"]) {
        bench.same("the answer", 200, (await postJson(hook.url, body)).status)
      }
      const runs = await runsOf(dev, "lead-processed")
      bench.same("runs started", 1, runs.length)
      bench.same("with", true, JSON.stringify(runs).includes('"lead-9"'))
      bench.same("deactivate", [0, 0], [(await dev.attio("block", "deactivate", "lead-processed")).code, alc.webhooks.size])
      bench.same("afterwards", 404, (await postJson(hook.url, report)).status)
    }),

  "workflow: what people read": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      const said = async (...words) => (await bench.attio("block", ...words)).stdout.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/http:\S+/, "URL")
      const config = '{"name": "Ada", "phone_number": "+44 20 7183 8750"}'
      bench.same("a step that waits", "run of check-lead  waiting\n  id         ID\n  called at  URL\n", await said("run", "check-lead", "--config", config))
      const finish = '{"lead_id": "l1", "status": "interested", "score": 3, "summary": "good"}'
      const done = await said("run", "check-lead", "--config", config, "--finish", finish)
      bench.same("one that is over", "run of check-lead  done\n  id         ID\n  outcome    interested\n    lead_id     l1\n    score       3\n    summary     good\n", done.replace(/ {4}checked_at .*\n/, ""))
      bench.same("a trigger", "activation of lead-processed  active\n  id         ID\n  called at  URL\n", await said("activate", "lead-processed", "--config", '{"status": "any"}'))
      alc.fail.leads = 500
      bench.same("one that failed", "run of check-lead  failed\n  id         ID\n", await said("run", "check-lead", "--config", config))
    }),

  "workflow: activation fails": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      alc.fail.webhooks = 500
      const {code, error} = await dev.attio("block", "activate", "lead-processed", "--config", '{"status": "any"}')
      bench.same("activate", [1, true], [code, (error?.message ?? "").includes("ALC answered 500")])
      for (const [verb, block] of [["run", "lead-processed"], ["activate", "check-lead"]]) {
        const wrong = await dev.attio("block", verb, block)
        bench.same(`${verb} ${block}`, [2, true], [wrong.code, /^(run|activate) it: /.test(wrong.error?.fix ?? "")])
      }
      const [connection] = (await dev.attio("connection", "list")).items
      const sent = await dev.attio("event", "send", "connection-removed", "--connection", connection.id)
      bench.same("an event without a handler", [0, true, false], [sent.code, sent.ok, sent.ran])
      const {nodes} = await dev.attio("flow", "show", sent.flow)
      bench.same("is no failure", [null, null], nodes.map((one) => one.error))
      const bad = await dev.attio("block", "activate", "lead-processed", "--config", '{"status": "sometimes"}')
      bench.same("a config that its schema refuses", true, bad.code === 1 || bad.code === 2)
    }),

  "workflow: a number in the configuration as people write it": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      const {code} = await dev.attio("block", "run", "check-lead", "--config", '{"name": "Ada", "phone_number": "(212) 867-5309"}')
      bench.same("no number without its country", [1, 0], [code, alc.leads.size])
      const run = await dev.attio("block", "run", "check-lead", "--config", '{"name": "Ada", "phone_number": "+44 20 7183 8750"}')
      bench.same("run", [0, "+442071838750"], [run.code, [...alc.leads.values()][0]?.phoneNumber])
      const original = {original: "+44 20 7183 8750", normalized: "+442071838750", country_code: "GB"}
      bench.same("as the block got it", original, run.run?.config?.phone_number)
    }),

  "workflow: the step waits, then goes on": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      const {code} = await dev.attio("block", "run", "check-lead", "--config", JSON.stringify(lead))
      bench.same("run", 0, code)
      const [taken] = alc.leads.values()
      bench.same("the lead", ["Ada Lovelace", "+15558675309"], [taken?.name, taken?.phoneNumber])
      const address = new RegExp(`^${dev.url}/w/[0-9a-f-]{36}/[0-9a-f-]{36}/defer/[\\w-]+$`)
      bench.same("the address", true, address.test(taken?.callback_url))
      const [early] = await alc.done("lead-1", {status: "chatting"})
      bench.same("no-op", 200, early.status)
      const waiting = JSON.stringify(await runsOf(dev, "check-lead"))
      bench.same("it waits", false, waiting.includes("interested"))
      const [done] = await alc.done("lead-1", {status: "interested", score: 8, summary: "wants it"})
      bench.same("finish", 200, done.status)
      const runs = await runsOf(dev, "check-lead")
      bench.same("runs", 1, runs.length)
      const text = JSON.stringify(runs)
      for (const part of ['"interested"', '"lead-1"', '"wants it"']) bench.same(`${part} in the outcome`, true, text.includes(part))
      const [late] = await alc.done("lead-1", {status: "interested"})
      bench.same("after the end", 404, late.status)
    }),

  "the SDK's own starter shows a forecast": async (bench) => {
    starterApp(bench)
    const third = await new Third().start()
    const routes = {"https://api.open-meteo.com": third.url}
    await withDev(bench, {routes}, async (dev) => {
      third.answer = JSON.stringify(forecast)
      const here = await person(dev, {name: "Here, Anna", primary_location: place})
      const text = await forecastOf(dev, `people/${here}`)
      const parts = ["Location: Graz, ", "Thu, 1 Jan", "Slight rain", "1.3 mm (40%)", "12 km/h", "41 °F", "open-meteo.com"]
      for (const part of parts) bench.same(`"${part}" in the dialog`, true, text.includes(part))
      const [asked] = third.paths
      bench.same("the request", true, asked.includes("latitude=47.07&longitude=15.43&daily=weather_code%2C"))
      const nowhere = await person(dev, {name: "Nowhere, Nora"})
      const none = await forecastOf(dev, `people/${nowhere}`)
      bench.same("without a place", true, none.includes("No location data available for this record."))
    })
    await third.stop()
  },

  "workflow: three attempts": (bench) =>
    withTemplate(bench, "workflow", async (dev, alc) => {
      await connect(dev)
      alc.fail.leads = 503
      const {code, error} = await dev.attio("block", "run", "check-lead", "--config", JSON.stringify(lead))
      const tries = alc.requests.filter((one) => one.path.endsWith("/leads"))
      bench.same("attempts", 3, tries.length)
      bench.same("the same key", 1, new Set(tries.map((one) => JSON.parse(one.body).idempotency_key)).size)
      bench.same("it fails", [1, true], [code, (error?.message ?? "").includes("ALC answered 503")])
      alc.fail.leads = 400
      await dev.attio("block", "run", "check-lead", "--config", JSON.stringify(lead))
      bench.same("what is not worth another", 4, alc.requests.filter((one) => one.path.endsWith("/leads")).length)
    }),
}

const place = {
  line_1: null, line_2: null, line_3: null, line_4: null,
  locality: "Graz", region: null, postcode: "8010", country_code: "AT",
  latitude: "47.07", longitude: "15.43",
}

const days = [0, 1, 2].map((day) => 1767225600 + day * 86400)
const forecast = {
  ...{latitude: 47.07, longitude: 15.43, timezone: "GMT"},
  daily_units: {
    ...{time: "unixtime", weather_code: "wmo code", precipitation_sum: "mm"},
    ...{precipitation_probability_max: "%", temperature_2m_max: "°F", temperature_2m_min: "°F"},
    wind_speed_10m_max: "km/h",
  },
  daily: {
    ...{time: days, weather_code: [0, 61, 95], precipitation_sum: [0, 1.25, 9]},
    ...{precipitation_probability_max: [0, 40, 90], temperature_2m_max: [41.2, 50, 60]},
    ...{temperature_2m_min: [30, 31, 32], wind_speed_10m_max: [5, 12.4, 40]},
  },
}

async function forecastOf(dev, record) {
  const run = await dev.attio("action", "run", "show-weather-forecast", "--record", record)
  dev.bench.same("the action", [0, true, null], [run.code, run.ok, run.error ?? null])
  dev.bench.same("its dialog", ["7-Day Weather Forecast"], (run.dialogs ?? []).map((one) => one.title))
  return textOf(run.dialogs?.[0])
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
}
