// Injected by the bundler in place of the name `console` in the inner side: React's own messages (missing keys, bad
// hooks) are findings about the app, not lines of its log.
import {createConsole} from "../../web/console.js"

let tell = () => {}

export function onReactMessage(f) {
  tell = f
}

export const console = createConsole((level, text) => tell(text.trim()))
