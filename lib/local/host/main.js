// The main thread: passes frames between the platform and the Workers, and watches over the Workers.
// App code never runs here, so that it can neither block nor end what ends it.
import {pool} from "./first.js"
import {frameWriter, readFrames} from "./frames.js"
import {createGenerations} from "./generations.js"

const leave = () => process.exit(0)

// Ends with the platform: its end of stdin is closed when it dies, however it dies. Should somebody
// else hold that end open, there is still the other parent that an orphan gets.
const parent = process.ppid
setInterval(() => process.ppid !== parent && leave(), 1000).unref()

const write = frameWriter(1, leave)
const generations = createGenerations({pool, write})

async function answer({id, method, params}) {
  try {
    write({id, result: (await generations.request(method, params ?? {})) ?? {}})
  } catch (error) {
    write({id, error: {name: error.name, message: error.message, code: error.code, stack: error.stack}})
  }
}

readFrames(
  process.stdin,
  (frame) => {
    if (frame.method === undefined) generations.answered(frame)
    else answer(frame)
  },
  leave,
)
write({method: "ready", params: {node: process.version}})
