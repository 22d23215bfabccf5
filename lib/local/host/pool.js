// Workers, and one of each kind kept warm: starting a thread, a context and our own code in it takes
// longer than all the rest of a load.
import {Worker} from "node:worker_threads"

// Of the heap; array buffers are outside of it.
const limits = {maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4, stackSizeMb: 4}

export function createPool(file) {
  const spare = new Map()

  function start(kind) {
    // A Worker's streams are not piped into ours: stdout belongs to the protocol.
    const worker = new Worker(file, {
      workerData: {kind},
      env: {},
      execArgv: [],
      resourceLimits: limits,
      stdout: true,
      stderr: true,
      trackUnmanagedFds: false,
    })
    worker.stdout.resume()
    worker.stderr.on("data", (text) => process.stderr.write(text))
    return worker
  }

  return {
    warm() {
      for (const kind of ["server", "client"]) {
        if (spare.has(kind)) continue
        const worker = start(kind)
        worker.on("error", () => {}) // whoever takes it hears of it by its exit
        worker.once("exit", () => spare.get(kind) === worker && spare.delete(kind))
        spare.set(kind, worker)
      }
    },
    take(kind) {
      const worker = spare.get(kind) ?? start(kind)
      spare.delete(kind)
      return worker
    },
  }
}
