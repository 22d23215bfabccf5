// A realm that does not give back control is ended and begun anew; one that waits is left alone.
import assert from "node:assert/strict"
import {EventEmitter} from "node:events"
import fs from "node:fs"
import test from "node:test"

// The host's files are modules by what bundles them, not by their names.
const source = fs.readFileSync(new URL("../../lib/local/host/slot.js", import.meta.url), "utf8")
const {createSlot} = await import(`data:text/javascript,${encodeURIComponent(source)}`)

class FakeWorker extends EventEmitter {
  constructor(pongs) {
    super()
    this.pongs = pongs
    this.alive = setInterval(() => {}, 1000) // as a real Worker keeps its process
    this.terminated = false
  }

  postMessage(frame) {
    if (frame.ping && this.pongs) setImmediate(() => this.emit("message", {pong: true}))
    if (frame.method === "load") setImmediate(() => this.emit("message", {id: frame.id, result: {surfaces: {}}}))
    if (frame.method === "restless") setImmediate(() => this.emit("message", {id: frame.id, result: {restless: true}}))
    if (frame.method === "quick") setImmediate(() => this.emit("message", {id: frame.id, result: {ok: true}}))
  }

  async terminate() {
    this.terminated = true
    clearInterval(this.alive)
    this.emit("exit", 1)
  }
}

function slotWith(workers) {
  const told = []
  const queue = [...workers]
  const slot = createSlot({
    kind: "client",
    pool: {take: () => queue.shift()},
    load: {},
    hear: () => {},
    ended: (reason) => told.push(reason),
    restless: (result) => result.restless === true,
    tick: 2,
  })
  return {slot, told}
}

test("one that hangs is ended, its calls are answered, the next one serves", async () => {
  const workers = [new FakeWorker(false), new FakeWorker(true)]
  const {slot, told} = slotWith(workers)
  await slot.loaded()
  await assert.rejects(
    slot.request("hang", {}),
    (error) => error.code === "unexpected-transport-error" && /did not give back control/.test(error.message),
  )
  assert.equal(workers[0].terminated, true)
  assert.equal(told.length, 1)
  assert.deepEqual(await slot.request("quick", {}), {ok: true})
  await slot.close()
})

test("one that answers may take its time", async () => {
  const worker = new FakeWorker(true)
  const {slot, told} = slotWith([worker])
  await slot.loaded()
  const open = slot.request("long", {})
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(worker.terminated, false)
  assert.deepEqual(told, [])
  slot.close()
  await assert.rejects(open)
})

test("code that goes on by itself ends with its Worker, and takes no call with it", async () => {
  const workers = Array.from({length: 4}, () => new FakeWorker(true))
  const {slot} = slotWith(workers)
  await slot.loaded()
  // Both are of the first Worker, so that there is one reason to begin anew, not two.
  const both = [slot.request("restless", {}), slot.request("restless", {})]
  await both[0]
  assert.deepEqual(await slot.request("quick", {}), {ok: true})
  await both[1]
  assert.deepEqual(await slot.request("quick", {}), {ok: true})
  assert.deepEqual(workers.map(({terminated}) => terminated), [true, false, false, false])
  // One that waits for the bundle counts, too: the next Worker is not ended between its bundle and its call.
  const again = slot.request("restless", {})
  const late = again.then(() => Promise.all([slot.request("quick", {}), slot.request("restless", {}), slot.request("quick", {})]))
  await again
  assert.deepEqual(await late, [{ok: true}, {restless: true}, {ok: true}])
  await slot.close()
  for (const worker of workers) if (!worker.terminated) worker.terminate()
})
