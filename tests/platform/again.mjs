// Each kind of crossing in the flow log, done again alone: it begins a flow of its own with the same outcome, with the
// secrets that the log only names, and with the changes that were asked for.
import {connect, person} from "./seed.mjs"
import {withSeed} from "./failures.mjs"
import {postJson} from "./alc.mjs"

const flowOf = async (dev, id) => (await dev.api("GET", `/flows/${id}`)).json
const again = (dev, flow, node, edits) =>
  dev.api("POST", `/flows/${flow}${node ? `/nodes/${node}` : ""}/replay`, edits ? {edits} : {})

export default {
  "an action and every crossing that it caused": (bench) =>
    withSeed(bench, async (dev, alc) => {
      await connect(dev)
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const run = await dev.attio("action", "run", "send-to-alc", "--record", `people/${ada}`)
      const first = await flowOf(dev, run.flow)
      const {status, json} = await again(dev, run.flow)
      bench.same("the action, again", [200, true], [status, Number(json.flow) > Number(run.flow)])
      const kinds = ({nodes}) => nodes.map((one) => `${one.kind} ${one.name}`)
      bench.same("the same crossings", kinds(first), kinds(await flowOf(dev, json.flow)))

      const leads = alc.leads?.length
      for (const node of first.nodes.filter((one) => ["query", "server", "fetch", "rest"].includes(one.kind))) {
        const answer = await again(dev, run.flow, node.id)
        bench.same(`${node.kind} ${node.name}`, 200, answer.status)
        const [head] = (await flowOf(dev, answer.json.flow)).nodes
        bench.same("what it is", [node.kind, node.name, null], [head.kind, head.name, head.error ?? null])
        const shown = (one) => JSON.stringify(one.output?.status ?? one.output?.ok ?? null)
        // A fetch with the token that the log does not hold is let in as the first was.
        if (node.kind === "fetch") bench.same("answer", shown(node), shown(head))
      }
      if (leads !== undefined) bench.same("it went out", true, alc.leads.length > leads)
      bench.same("the token is not told", false, JSON.stringify(await flowOf(dev, run.flow)).includes("alc-secret"))
    }),

  "with changes": (bench) =>
    withSeed(bench, async (dev, alc) => {
      await connect(dev)
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const [{url}] = alc.webhooks.values()
      await postJson(url, {record_id: ada, status: "Complete"})
      const {items} = (await dev.api("GET", "/flows")).json
      const webhook = items.find((one) => one.kind === "webhook")
      const answer = await again(dev, webhook.id, undefined, [{pointer: "/body/status", value: "Failed"}])
      bench.same("it ran", 200, answer.status)
      const [head] = (await flowOf(dev, answer.json.flow)).nodes
      bench.same("with the change", {record_id: ada, status: "Failed"}, JSON.parse(head.input.body))
      const wrong = await again(dev, webhook.id, undefined, [{pointer: "/nothing/there", value: 1}])
      bench.same("a pointer to nowhere", [400, "usage"], [wrong.status, wrong.json.error.kind])
      const event = items.find((one) => one.kind === "connection")
      bench.same("an event", 200, (await again(dev, event.id)).status)
    }),

  "what cannot be done again": (bench) =>
    withSeed(bench, async (dev) => {
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const run = await dev.attio("action", "run", "send-to-alc", "--record", `people/${ada}`)
      const {nodes} = await flowOf(dev, run.flow)
      const toast = nodes.find((one) => one.kind === "host")
      const answers = [await again(dev, run.flow, toast.id), await again(dev, 99999), await again(dev, run.flow, 99999), await again(dev, "x")]
      bench.same("refused", [400, 404, 404, 404], answers.map((one) => one.status))
    }),
}
