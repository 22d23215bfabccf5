// What the platform can ask: generations of the app, each with a slot for its client and its server
// realm. Requests of the realms get numbers of ours, so that the answers find their way back.
import {createSlot} from "./slot.js"
import {createStacks} from "./stacks.js"
import {sweep} from "./sweep.js"

const kinds = ["client", "server"]

// What a realm may say. Code that got hold of its way out can forge no more than what it may do anyway.
const requests = new Set([
  "fetch", "server", "query", "rest",
  "kv.get", "kv.set", "kv.mget", "kv.delete",
  "webhooks.create", "webhooks.list", "webhooks.get", "webhooks.update", "webhooks.delete",
  "settings.get", "settings.set",
])
const notifications = new Set(["log", "warning", "ui", "tree", "patch", "told", "error", "answer-unseen"])

// The part of a load that a realm needs: texts of the other one and maps would only be copied.
function partOf(kind, {client, server, blocks, maps, ...rest}) {
  return kind === "client" ? {...rest, client} : {...rest, server, blocks}
}

const isEmpty = (kind, {client, server, blocks}) =>
  kind === "client" ? client == null : server == null && Object.keys(blocks ?? {}).length === 0

export function createGenerations({pool, write}) {
  const generations = new Map() // gen -> {slots: {client?, server?}, mapIn}
  const asked = new Map() // our number of a realm's request -> {slot, id}
  let sequence = 0

  function hear(gen, kind, {slots, mapIn}, {id, method, params, node}) {
    if (!(id === undefined ? notifications : requests).has(method)) return
    // A realm that knows better who caused it says so itself.
    const frame = {method, params: {node, ...mapIn(params), gen, realm: kind}}
    if (id === undefined) {
      try {
        write(frame)
      } catch {
        // What is nested so deeply is no line that anybody would read.
      }
      return
    }
    const number = ++sequence
    asked.set(number, {slot: slots[kind], id})
    try {
      write({id: number, ...frame})
    } catch ({name, message}) {
      // More levels than this thread's stack has room for.
      asked.delete(number)
      slots[kind].answer(id, {error: {name, message}})
    }
  }

  function find(gen, kind) {
    const generation = generations.get(gen)
    if (generation === undefined) throw new Error(`There is no generation ${gen}`)
    if (generation.slots[kind] === undefined) throw new Error(`The app has no ${kind} bundle`)
    return generation
  }

  async function load(params) {
    const {gen} = params
    if (generations.has(gen)) throw new Error(`Generation ${gen} is there already`)
    const generation = {slots: {}, mapIn: createStacks(params.maps)}
    for (const kind of kinds) {
      if (isEmpty(kind, params)) continue
      generation.slots[kind] = createSlot({
        kind,
        pool,
        load: partOf(kind, params),
        hear: (frame) => hear(gen, kind, generation, frame),
        ended: (reason) => write({method: "ended", params: {gen, realm: kind, reason}}),
        restless: (result) => result?.findings?.some(({code}) => code === "restless") === true,
      })
    }
    generations.set(gen, generation)
    const [client, server] = await Promise.all(kinds.map((kind) => generation.slots[kind]?.loaded()))
    return {
      surfaces: client?.surfaces ?? {},
      settings_schema: client?.settings_schema ?? server?.settings_schema ?? {workspace: {}},
      errors: generation.mapIn([...(client?.errors ?? []), ...(server?.errors ?? [])]),
    }
  }

  async function drop({gen}) {
    const slots = Object.values(generations.get(gen)?.slots ?? {})
    generations.delete(gen)
    for (const [number, {slot}] of asked) if (slots.includes(slot)) asked.delete(number)
    await Promise.all(slots.map((slot) => slot.close()))
    sweep()
  }

  // One realm after the other, so that what fires in both comes in an order that repeats.
  async function clock({offset}) {
    for (const {slots} of [...generations.values()]) {
      for (const kind of kinds) await slots[kind]?.clock(offset)
    }
  }

  async function forward(method, params) {
    const [kind] = method.split(".")
    if (!kinds.includes(kind)) throw new Error(`There is no method ${method}`)
    const {slots, mapIn} = find(params.gen, kind)
    try {
      return mapIn(await slots[kind].request(method, params))
    } catch (error) {
      throw mapIn({error}).error
    }
  }

  const methods = {
    load,
    drop,
    clock,
    warm: () => pool.keepWarm(),
    "server.end": ({gen}) => find(gen, "server").slots.server.restart("The server function was ended"),
  }

  return {
    request: async (method, params) => (Object.hasOwn(methods, method) ? methods[method](params) : forward(method, params)),
    answered(frame) {
      const one = asked.get(frame.id)
      asked.delete(frame.id)
      one?.slot.answer(one.id, frame)
    },
  }
}
