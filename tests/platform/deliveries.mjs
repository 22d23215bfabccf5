// A thousand webhook deliveries, 50 at a time: each is handled once, none is lost.
import http from "node:http"
import {call, withRig} from "./failures.mjs"

const count = 1000
const atOnce = 50

function post(agent, url, body) {
  return new Promise((done, fail) => {
    const sent = http.request(url, {method: "POST", agent}, (answer) => {
      let text = ""
      answer.setEncoding("utf8").on("data", (part) => (text += part))
      answer.on("end", () => done([answer.statusCode, text]))
      answer.on("error", fail)
    })
    sent.on("error", fail)
    sent.end(body)
  })
}

// Answers in order of the deliveries.
export async function deliver(url, from, to) {
  const agent = new http.Agent({keepAlive: true, maxSockets: atOnce})
  const answers = []
  let next = from
  const worker = async () => {
    while (next < to) {
      const id = next++
      answers[id - from] = await post(agent, `${url}?do=count`, JSON.stringify({id}))
    }
  }
  await Promise.all(Array.from({length: atOnce}, worker))
  agent.destroy()
  return answers
}

export default {
  "a thousand deliveries, each handled once": (bench) =>
    withRig(
      bench,
      async (dev, third) => {
        const {value: handler} = await call(dev, "hooks", "create", "hook")
        const answers = await deliver(handler.url, 0, count)
        const wrong = answers.filter(([status, text], id) => status !== 200 || JSON.parse(text).id !== id)
        bench.same("answers that are wrong", [], wrong.slice(0, 3))
        const seen = third.paths.filter((one) => one.startsWith("/delivery/"))
        bench.same("handled", [count, count], [seen.length, new Set(seen).size])
        const {items} = await dev.attio("kv", "list")
        bench.same("kept", count, items.filter((one) => one.key.startsWith("delivery:")).length)
        const [hook] = (await dev.attio("webhook", "list")).items
        bench.same("counted", count, hook.deliveries)
      },
      {args: ["--limits", "egress=off"]},
    ),
}
