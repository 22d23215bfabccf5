// Workers, and one of each kind kept warm: starting a thread, a context and our own code in it takes
// longer than all the rest of a load.
import {join} from "node:path"
import {Worker} from "node:worker_threads"

// Of the heap; array buffers are outside of it.
const limits = {maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4, stackSizeMb: 4}

// Milliseconds from a load to the start of the next pair.
const pause = 60

// `folder` has the Workers' files; `compiled` is the file with what is compiled of them, if there is one;
// `calm` is how long after a load what can wait is done, in milliseconds.
export function createPool(folder, {compiled, calm = 100} = {}) {
  const spare = new Map()
  let keeps = false
  let next // the timer of the next pair

  function start(kind) {
    // A Worker's streams are not piped into ours: stdout belongs to the protocol.
    const worker = new Worker(join(folder, `${kind}-worker.cjs`), {
      workerData: {compiled, calm},
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

  function warm() {
    // The client's has more to read.
    for (const kind of ["client", "server"]) {
      if (spare.has(kind)) continue
      const worker = start(kind)
      worker.on("error", () => {}) // whoever takes it hears of it by its exit
      worker.once("exit", () => spare.get(kind) === worker && spare.delete(kind))
      spare.set(kind, worker)
    }
  }

  return {
    warm,
    // From now on those that are taken are followed by others, once what they were taken for has been shown.
    keepWarm() {
      keeps = true
      warm()
    },
    take(kind) {
      const worker = spare.get(kind) ?? start(kind)
      spare.delete(kind)
      clearTimeout(next)
      if (keeps) next = setTimeout(warm, pause).unref()
      return worker
    },
  }
}
