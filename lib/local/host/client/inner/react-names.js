// Injected by the bundler in place of names that React uses and app code may not have.
// `console`: React's own messages (missing keys, bad hooks) are findings about the app, not lines of its log.
// `performance`: React notes when something that it waits for began; it measures nothing without `measure`.
import {createConsole} from "../../web/console.js"
import {now} from "./prelude.js"

let tell = () => {}

export function onReactMessage(f) {
  tell = f
}

export const console = createConsole((level, text) => tell(text.trim()))
export const performance = {now}
