// The timers of a realm on the platform's clock (the machine's time plus an offset that can be moved). Each timer
// runs in a turn of its own, so that microtasks run between two of them.
const longest = 2147483647 // what setTimeout can wait
const most = 10000 // timers that one move of the clock fires: an interval and a year must come to an end

// `run(id, context)` fires one timer; `context` is what start() was given.
export function createTimers({offset, run}) {
  let list = [] // by due time, then by age
  let armed = null
  let shift = offset
  const now = () => Date.now() + shift

  function disarm() {
    if (armed === null) return
    if (armed.immediate) clearImmediate(armed.handle)
    else clearTimeout(armed.handle)
    armed = null
  }

  function arm() {
    disarm()
    if (list.length === 0) return
    const wait = list[0].due - now()
    armed =
      wait <= 0
        ? {immediate: true, handle: setImmediate(turn)}
        : {immediate: false, handle: setTimeout(turn, Math.min(wait, longest))}
  }

  function fireFirst() {
    const timer = list.shift()
    run(timer.id, timer.context)
  }

  function turn() {
    armed = null
    if (list.length > 0 && list[0].due <= now()) fireFirst()
    arm()
  }

  const immediate = () => new Promise((resolve) => setImmediate(resolve))

  return {
    now,
    start(id, ms, context) {
      const due = now() + (ms > 0 ? ms : 0)
      let at = list.length
      while (at > 0 && list[at - 1].due > due) at--
      list.splice(at, 0, {id, due, context})
      if (at === 0) arm()
    },
    stop(id) {
      const at = list.findIndex((timer) => timer.id === id)
      if (at < 0) return
      list.splice(at, 1)
      if (at === 0) arm()
    },
    // Timers that would fire at once, and all of them.
    dueNow: () => list.filter((timer) => timer.due <= now()).length,
    count: () => list.length,
    // When the first is due; null without one.
    next: () => list[0]?.due ?? null,
    // Moves the clock: what is due by then fires in the order of its time, each at its own time.
    async move(target) {
      disarm()
      for (let i = 0; i < most && list.length > 0 && list[0].due <= Date.now() + target; i++) {
        shift = Math.max(shift, list[0].due - Date.now())
        fireFirst()
        await immediate()
      }
      for (const timer of list) timer.due = Math.max(timer.due, Date.now() + target)
      shift = target
      arm()
    },
  }
}
