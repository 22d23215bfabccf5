// What the platform can ask: generations of the app, each with a slot for its client and its server
// realm. Requests of the realms get numbers of ours, so that the answers find their way back.
import {createSlot} from "./slot.js"

const kinds = ["client", "server"]

export function createGenerations({pool, write}) {
  const generations = new Map()
  const asked = new Map()
  let seq = 0

  function hear(gen, kind, slot, frame) {
    const params = {node: frame.node, ...frame.params, gen, realm: kind}
    if (frame.id === undefined) {
      write({method: frame.method, params})
      return
    }
    const id = ++seq
    asked.set(id, {slot, id: frame.id})
    write({id, method: frame.method, params})
  }

  function find(gen, kind) {
    const slot = generations.get(gen)?.[kind]
    if (slot !== undefined) return slot
    throw new Error(generations.has(gen) ? `The app has no ${kind} bundle` : `There is no generation ${gen}`)
  }

  async function load(params) {
    const {gen} = params
    if (generations.has(gen)) throw new Error(`Generation ${gen} is there already`)
    const slots = {}
    for (const kind of kinds) {
      const empty = params[kind] == null && (kind === "client" || Object.keys(params.blocks ?? {}).length === 0)
      if (empty) continue
      const slot = createSlot({
        kind,
        pool,
        load: params,
        hear: (frame) => hear(gen, kind, slot, frame),
        ended: (reason) => write({method: "ended", params: {gen, realm: kind, reason}}),
      })
      slots[kind] = slot
    }
    generations.set(gen, slots)
    const client = await slots.client?.loaded()
    const server = await slots.server?.loaded()
    return {
      surfaces: client?.surfaces ?? {},
      settings_schema: client?.settings_schema ?? server?.settings_schema ?? {workspace: {}},
      errors: [...(client?.errors ?? []), ...(server?.errors ?? [])],
    }
  }

  async function drop(gen) {
    const slots = generations.get(gen) ?? {}
    generations.delete(gen)
    for (const [id, {slot}] of asked) if (Object.values(slots).includes(slot)) asked.delete(id)
    await Promise.all(Object.values(slots).map((slot) => slot.close()))
  }

  // One realm after the other, so that what fires in both comes in an order that repeats.
  async function clock(params) {
    for (const slots of [...generations.values()]) {
      for (const kind of kinds) await slots[kind]?.clock(params.offset)
    }
  }

  const methods = {
    load,
    drop: ({gen}) => drop(gen),
    clock,
    warm: () => pool.warm(),
    "server.end": ({gen}) => find(gen, "server").restart("The server function was ended"),
  }

  return {
    async request(method, params) {
      if (Object.hasOwn(methods, method)) return methods[method](params)
      const [kind] = method.split(".")
      if (!kinds.includes(kind)) throw new Error(`There is no method ${method}`)
      return find(params.gen, kind).request(method, params)
    },
    answered(frame) {
      const one = asked.get(frame.id)
      asked.delete(frame.id)
      one?.slot.answer(one.id, frame)
    },
  }
}
