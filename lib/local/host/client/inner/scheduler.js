// React's scheduler, in the place of the package `scheduler`: each task is a timer of its own, so that it runs in
// behalf of the flow that asked for it (the package runs all tasks in one loop, which belongs to whoever asked first).
// Nothing is drawn between two tasks here: there is nothing to yield to.
import {now, startRaw, stopRaw} from "./prelude.js"

export const unstable_ImmediatePriority = 1
export const unstable_UserBlockingPriority = 2
export const unstable_NormalPriority = 3
export const unstable_LowPriority = 4
export const unstable_IdlePriority = 5

let current = unstable_NormalPriority

// Called after each task (renderer.js has its effects run then).
let afterTask = () => {}
export function afterEachTask(f) {
  afterTask = f
}

function start(task) {
  task.timer = startRaw(() => run(task), 0, false, [], 0)
}

// A task that answers a function is not done: the function goes on.
function run(task) {
  const before = current
  current = task.priority
  try {
    const more = task.callback(false)
    afterTask()
    if (typeof more === "function" && !task.cancelled) {
      task.callback = more
      start(task)
    }
  } finally {
    current = before
  }
}

export function unstable_scheduleCallback(priority, callback) {
  const task = {priority, callback, cancelled: false, timer: 0}
  start(task)
  return task
}

export function unstable_cancelCallback(task) {
  task.cancelled = true
  stopRaw(task.timer)
}

export const unstable_shouldYield = () => false
export const unstable_requestPaint = () => {}
export const unstable_now = now
export const unstable_getCurrentPriorityLevel = () => current
export const unstable_setDisableYieldValue = () => {}
export const log = () => {}
