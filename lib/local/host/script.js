// Keeps `import()` out of app code. In a context of ours its promise and its error would be objects
// of the outer side, whatever handler were given. No keyword may be written with escapes, so a text
// without the letters has none; one that has them, if only in a comment, is parsed.
import {parse} from "acorn"
import {simple} from "acorn-walk"

const perhaps = /import(?:\s|\/\*[^]*?\*\/|\/\/.*)*[(.]/

// The text with every dynamic import replaced by a call that fails, columns kept.
export function checkScript(text, filename) {
  if (!perhaps.test(text)) return text
  const program = parse(text, {ecmaVersion: "latest", allowReturnOutsideFunction: true, sourceFile: filename})
  const found = []
  simple(program, {ImportExpression: (node) => found.push(node.start)})
  let out = ""
  let from = 0
  for (const at of found.sort((a, b) => a - b)) {
    out += `${text.slice(from, at)}$attio`
    from = at + "import".length
  }
  return out + text.slice(from)
}
