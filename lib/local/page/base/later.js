// All that the first screen does without comes as a second script with a style sheet of its own, when that screen is painted.
import {signal} from "@preact/signals"

export const later = signal(null)

function style() {
  const link = document.getElementById("attio-later")
  return new Promise((done) => {
    link.onload = link.onerror = done
    link.rel = "stylesheet"
  })
}

let asked
export function loadLater() {
  asked ??= Promise.all([import("../later.jsx"), style()]).then(([all]) => {
    later.value = all
  })
  return asked
}

// When what was just drawn is seen.
export const painted = (work) => requestAnimationFrame(() => setTimeout(work))
