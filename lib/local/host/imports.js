// Finds `import()` in a text. A part of its own, read from the disk for the few texts that want it.
import {parse} from "acorn"
import {simple} from "acorn-walk"

// Where the keyword of every dynamic import is, in order.
export function findImports(text, filename) {
  const found = []
  const program = parse(text, {ecmaVersion: "latest", allowReturnOutsideFunction: true, sourceFile: filename})
  simple(program, {ImportExpression: (node) => found.push(node.start)})
  return found.sort((a, b) => a - b)
}
