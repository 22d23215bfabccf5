// The platform's time in one realm, and its timers: they are due by that time, in the order of their
// times. The callbacks are the inner side's; this side knows numbers.
const longest = 2 ** 31 - 1
// An interval of a millisecond and a clock that is moved by a year must come to an end.
const most = 10000

// `under(cause, run)` runs as part of what had set the timer; `fire(id)` has its callback called.
export function createClock({offset, cause, under, fire}) {
  const timers = new Map()
  let order = 0
  let held // while the clock is being moved: the time of the timer that fires
  let armed
  let moving = Promise.resolve()

  const now = () => held ?? Date.now() + offset

  function next() {
    let first
    for (const timer of timers.values()) {
      if (first === undefined || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer
    }
    return first
  }

  function run(timer) {
    timers.delete(timer.id)
    under(timer.cause, () => fire(timer.id))
  }

  // One timer a turn, so that what was awaited goes on between two of them.
  function turn() {
    armed = undefined
    if (held !== undefined) return
    const timer = next()
    if (timer !== undefined && timer.due <= now()) run(timer)
    arm()
  }

  function arm() {
    const timer = next()
    armed?.cancel()
    armed = undefined
    if (timer === undefined || held !== undefined) return
    const wait = timer.due - now()
    if (wait <= 0) {
      const handle = setImmediate(turn)
      armed = {cancel: () => clearImmediate(handle)}
    } else {
      const handle = setTimeout(turn, Math.min(wait, longest))
      armed = {cancel: () => clearTimeout(handle)}
    }
  }

  const microtasks = () => new Promise((done) => setImmediate(done))

  async function move(to) {
    const goal = Date.now() + to
    // Back: what was to come comes after the same wait.
    const back = Math.min(0, goal - now())
    for (const timer of timers.values()) timer.due += back
    held = Math.min(now(), goal)
    for (let i = 0; i < most; i++) {
      const timer = next()
      if (timer === undefined || timer.due > goal) break
      held = Math.max(held, timer.due)
      run(timer)
      await microtasks()
    }
    // What is left is too much: it fires once, now.
    for (const timer of timers.values()) timer.due = Math.max(timer.due, goal)
    offset = to
    held = undefined
    arm()
  }

  return {
    now,
    move(to) {
      moving = moving.then(() => move(to))
      return moving
    },
    start(id, ms) {
      const wait = ms > longest || !(ms > 1) ? 1 : Math.floor(ms)
      timers.set(id, {id, due: now() + wait, order: ++order, cause: cause()})
      if (next().id === id) arm()
    },
    stop(id) {
      if (timers.delete(id)) arm()
    },
  }
}
