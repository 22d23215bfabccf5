// One realm of one generation: a Worker with the bundle in it, its open calls, and what happens when
// it is ended or ends by itself: the calls are answered, a fresh Worker gets the same bundle.

const gone = (message) => ({
  name: "AttioUnexpectedTransportError",
  message,
  code: "unexpected-transport-error",
})

const why = (error) =>
  error?.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out of memory" : (error?.message ?? "it ended")

// How many ticks in a row a realm with open calls may leave a question unanswered: code that loops for
// ever is ended. The server's calls have a time limit of the platform's, which comes first.
const patience = {client: 10, server: 40}

// One Worker's life: its number of open calls may only be answered by it, or by its end. `tick` is in
// milliseconds; ticks and not times are counted, because a machine that slept has not ticked.
function createLife({worker, kind, hear, ended, tick}) {
  const calls = new Map()
  let coming = 0 // calls that wait for the bundle
  let seq = 0
  let reason = "it ended"
  let over = false
  let idle = () => {}
  let unanswered = 0
  let shows = false // something of the app's is on a screen: its code may run without a call of ours

  const watch = setInterval(() => {
    if (calls.size === 0 && !shows) {
      unanswered = 0
    } else if (unanswered === patience[kind]) {
      reason = `the app's ${kind} code did not give back control for ${patience[kind]} seconds`
      worker.terminate()
    } else {
      if (unanswered++ === 0) worker.postMessage({ping: true})
    }
  }, tick)
  watch.unref()

  function settle(id, frame) {
    const call = calls.get(id)
    calls.delete(id)
    if (frame.error !== undefined) call?.no(frame.error)
    else call?.yes(frame.result)
    rest()
  }

  function rest() {
    if (calls.size === 0 && coming === 0) idle()
  }

  function drop(message) {
    for (const id of [...calls.keys()]) settle(id, {error: gone(message)})
  }

  worker.on("message", (frame) => {
    if (over) return
    if (frame.pong) unanswered = 0
    else if (frame.method === undefined) settle(frame.id, frame)
    else hear(frame)
  })
  // Whose it was cannot be known, so nobody may wait for it any longer.
  worker.on("messageerror", () => {
    reason = `the app's ${kind} code sent what cannot be read: it has too many levels`
    worker.terminate()
  })
  // Also after the end: a late error of a Worker that nobody listens to would end the process.
  worker.on("error", (error) => (reason = why(error)))
  worker.once("exit", () => {
    clearInterval(watch)
    if (over) return
    over = true
    drop(reason)
    ended(reason)
  })

  return {
    loaded: undefined,
    // It is not idle until they have called.
    expect: () => coming++,
    expected() {
      coming--
      queueMicrotask(rest)
    },
    call(method, params) {
      return new Promise((yes, no) => {
        if (over) {
          no(gone(reason))
          return
        }
        const id = ++seq
        calls.set(id, {yes, no})
        if (method === "client.mount" || method === "client.trigger") shows = true
        worker.postMessage({id, method, params})
      })
    },
    answer: (id, {result, error}) => worker.postMessage({id, result, error, answer: true}),
    // Once, as soon as nobody waits for an answer.
    whenIdle(then) {
      idle = () => {
        idle = () => {}
        then()
      }
      rest()
    },
    async end(message) {
      over = true
      reason = message
      drop(message)
      await worker.terminate()
    },
  }
}

// `load` is the params of the load frame, kept for the next Worker. `hear(frame)` takes requests and
// notifications of the realm, `ended(reason)` is told when a Worker died by itself.
export function createSlot({kind, pool, load, hear, ended, restless = () => false, tick = 1000}) {
  let life

  function begin() {
    const mine = createLife({
      worker: pool.take(kind),
      kind,
      tick,
      hear,
      ended(reason) {
        ended(reason)
        // One that could not even be loaded would die again and again.
        if (mine.ready) life = begin()
      },
    })
    mine.loaded = mine.call("load", load).then(
      (result) => {
        mine.ready = true
        return result
      },
      (error) => {
        mine.failed = error
        return {errors: [{realm: kind, error}]}
      },
    )
    return mine
  }

  // A call belongs to the Worker that was there when it came, which may just be getting the bundle.
  async function callIn(mine, method, params) {
    mine.expect()
    try {
      await mine.loaded
    } finally {
      mine.expected()
    }
    if (mine.failed !== undefined) throw mine.failed
    return mine.call(method, params)
  }

  const call = (method, params) => callIn(life, method, params)

  // `restless(result)`: the app's code goes on by itself. It ends with its Worker, when no other call is
  // open there; calls that come after that are the next one's.
  async function request(method, params) {
    const mine = life
    const result = await callIn(mine, method, params)
    if (restless(result)) {
      mine.whenIdle(() => {
        if (life === mine) restart("The app's code did not come to rest")
      })
    }
    return result
  }

  async function restart(message) {
    const old = life
    life = begin()
    await old.end(message)
    await life.loaded
  }

  life = begin()
  return {
    loaded: () => life.loaded,
    request,
    // The platform's answer to a request of the realm, which asked with this id of its own.
    answer: (id, frame) => life.answer(id, frame),
    async clock(offset) {
      load = {...load, offset}
      // A Worker that ends meanwhile is followed by one that has the new time.
      if (life.failed === undefined) await call("clock", {offset}).catch(() => {})
    },
    restart,
    close: () => life.end("the app was replaced"),
  }
}
