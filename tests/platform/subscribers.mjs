// Webhooks of the REST API: whoever subscribes with POST /v2/webhooks is called over a real socket, with
// a signature; what fails is tried again at the documented distances, on a clock that is moved.
import crypto from "node:crypto"
import http from "node:http"
import {until, within} from "./dev.mjs"
import {call, withRig} from "./failures.mjs"

const backoffMs = (3 * 24 * 3600 * 1000) / 1023 // the first distance; each is twice the one before

// A subscriber that answers with the statuses it is given, then with 200, and remembers what came.
class Subscriber {
  got = [] // {method, headers, body}
  statuses = []
  #waiting = []

  async start() {
    this.server = http.createServer((request, response) => {
      const parts = []
      request.on("data", (part) => parts.push(part)).on("end", () => {
        const {method, url, headers} = request
        response.statusCode = this.statuses.shift() ?? 200
        response.end("seen")
        this.got.push({method, url, headers, body: Buffer.concat(parts).toString()})
        for (const check of this.#waiting.splice(0)) check()
      })
    })
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.server.address().port}/hooks?a=b`
    return this
  }

  // The deliveries, when there are so many.
  times(count) {
    const enough = async () => {
      while (this.got.length < count) await new Promise((done) => this.#waiting.push(done))
      return this.got
    }
    return within(`delivery number ${count}`, enough())
  }

  async stop() {
    await new Promise((done) => {
      this.server.close(done)
      this.server.closeAllConnections?.()
    })
  }
}

async function subscribe(dev, subscriber, ...events) {
  const subscriptions = events.map((event_type) => ({event_type, filter: null}))
  const {status, json} = await dev.rest("POST", "/v2/webhooks", {data: {target_url: subscriber.url, subscriptions}})
  dev.bench.same("subscribed", 200, status)
  return json.data
}

const task = {content: "A", format: "plaintext", deadline_at: null, is_completed: false, linked_records: [], assignees: []}
const addTask = (dev) => dev.rest("POST", "/v2/tasks", {data: task})

// The platform has taken the answers to all that was delivered.
const settled = (dev, ...subscribers) =>
  until("answers to the deliveries", async () => {
    const {json} = await dev.api("GET", "/requests?kind=rest-webhook&limit=1000")
    return json.items.length === subscribers.reduce((sum, one) => sum + one.got.length, 0)
  })

// Has something go out to the other one, so that what was due before has gone out too.
async function mark(dev, one, other, {id}) {
  const count = other.got.length
  const {status} = await dev.rest("PATCH", `/v2/tasks/${id.task_id}`, {data: {is_completed: count % 2 === 0}})
  dev.bench.same("marked", 200, status)
  await other.times(count + 1)
  await settled(dev, one, other)
}

const statusOf = async (dev, {id}) => (await dev.rest("GET", `/v2/webhooks/${id.webhook_id}`)).json?.data.status

async function advance(dev, ms) {
  const {status} = await dev.api("POST", "/clock", {advance_ms: Math.ceil(ms)})
  dev.bench.same("the clock", 200, status)
}

const idOf = ({headers}) => headers["idempotency-key"]
const taskOf = ({body}) => JSON.parse(body).events[0].id.task_id

async function withSubscribers(bench, use) {
  const [one, other] = [await new Subscriber().start(), await new Subscriber().start()]
  await withRig(bench, (dev, third) => use(dev, one, other, third), {args: ["--limits", "rest=off"]})
  await one.stop()
  await other.stop()
}

export default {
  "an event is delivered with a signature": (bench) =>
    withSubscribers(bench, async (dev, one) => {
      const webhook = await subscribe(dev, one, "task.created")
      const {json} = await addTask(dev)
      const [got] = await one.times(1)
      const signature = crypto.createHmac("sha256", webhook.secret).update(got.body).digest("hex")
      bench.same("the request", ["POST", "/hooks?a=b", "application/json"], [got.method, got.url, got.headers["content-type"]])
      bench.same("signatures", [signature, signature], [got.headers["attio-signature"], got.headers["x-attio-signature"]])
      const {webhook_id, events} = JSON.parse(got.body)
      bench.same("the event", [webhook.id.webhook_id, "task.created", json.data.id], [webhook_id, events[0].event_type, events[0].id])
      await settled(dev, one)
      bench.same("the webhook", "active", await statusOf(dev, webhook))
      const {items} = (await dev.api("GET", "/requests?kind=rest-webhook")).json
      bench.same("the log of requests", [[one.url, 200]], items.map(({url, status}) => [url, status]))
    }),

  "what fails is tried again at doubling distances": (bench) =>
    withSubscribers(bench, async (dev, one, other) => {
      const webhook = await subscribe(dev, one, "task.created")
      await subscribe(dev, other, "task.updated")
      one.statuses = [500, 503, 404]
      const {json} = await addTask(dev)
      const [first] = await one.times(1)
      for (let attempt = 1; attempt <= 3; attempt++) {
        await mark(dev, one, other, json.data)
        await advance(dev, backoffMs * 2 ** (attempt - 1) - 5000)
        await mark(dev, one, other, json.data)
        bench.same(`attempts before distance ${attempt} is over`, attempt, one.got.length)
        await advance(dev, 10000)
        const again = (await one.times(attempt + 1)).at(-1)
        bench.same(`attempt ${attempt + 1}`, [idOf(first), first.body], [idOf(again), again.body])
        bench.same("its signature", first.headers["attio-signature"], again.headers["attio-signature"])
      }
      await mark(dev, one, other, json.data)
      await advance(dev, 4 * 24 * 3600 * 1000)
      await mark(dev, one, other, json.data)
      bench.same("attempts in all", 4, one.got.length)
      bench.same("the webhook", "active", await statusOf(dev, webhook))
    }),

  "a subscriber that never answers well": (bench) =>
    withSubscribers(bench, async (dev, one, other) => {
      const webhook = await subscribe(dev, one, "task.created")
      await subscribe(dev, other, "task.updated")
      one.statuses = Array(22).fill(500)
      const states = []
      for (let delivery = 0; delivery < 2; delivery++) {
        const {json} = await addTask(dev)
        await one.times(11 * delivery + 1)
        for (let attempt = 1; attempt <= 10; attempt++) {
          await mark(dev, one, other, json.data)
          await advance(dev, backoffMs * 2 ** (attempt - 1) + 1000)
          await one.times(11 * delivery + attempt + 1)
        }
        await mark(dev, one, other, json.data)
        states.push(await statusOf(dev, webhook))
      }
      bench.same("after each delivery that failed for good", ["degraded", "inactive"], states)
      const {json} = await addTask(dev)
      await mark(dev, one, other, json.data)
      bench.same("an inactive one is not called", 22, one.got.length)
    }),

  "a webhook that is deleted gets nothing more": (bench) =>
    withSubscribers(bench, async (dev, one, other) => {
      const webhook = await subscribe(dev, one, "task.created")
      await subscribe(dev, other, "task.created")
      one.statuses = [500]
      await addTask(dev)
      await one.times(1)
      await other.times(1)
      await settled(dev, one, other)
      bench.same("deleted", 200, (await dev.rest("DELETE", `/v2/webhooks/${webhook.id.webhook_id}`)).status)
      await addTask(dev)
      await other.times(2)
      await advance(dev, 4 * 24 * 3600 * 1000)
      await addTask(dev)
      await other.times(3)
      bench.same("deliveries", 1, one.got.length)
    }),

  "app code subscribes": (bench) =>
    withSubscribers(bench, async (dev, one) => {
      const body = JSON.stringify({data: {target_url: one.url, subscriptions: [{event_type: "task.created", filter: null}]}})
      const {value} = await call(dev, "post", "https://api.attio.com/v2/webhooks", dev.api_token, body)
      bench.same("subscribed", 200, value?.status)
      const {json} = await addTask(dev)
      const [got] = await one.times(1)
      bench.same("the event", json.data.id.task_id, taskOf(got))
    }),
}
