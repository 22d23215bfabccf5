// Keeps `import()` out of app code: the error that it ends with in a context of ours is an object of
// the outer side, whatever handler were given. No keyword may be written with escapes, so a text
// without the letters has none; one that has them, if only in a comment, is parsed.
import {createRequire} from "node:module"
import {join} from "node:path"

const perhaps = /import(?:\s|\/\*[^]*?\*\/|\/\/.*)*[(.]/
const instead = "$attio" // as long as the keyword, so that columns stay

// The text with every dynamic import replaced by a call that fails.
export function checkScript(text, filename) {
  if (!perhaps.test(text)) return text
  const file = join(__dirname, "imports.cjs")
  let out = ""
  let from = 0
  for (const at of createRequire(file)(file).findImports(text, filename)) {
    out += text.slice(from, at) + instead
    from = at + instead.length
  }
  return out + text.slice(from)
}
