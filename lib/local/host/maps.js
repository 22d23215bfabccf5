// Source maps: places in bundles become places in the app's own files. A part of its own, read from
// the disk when the first error passes.
import {originalPositionFor, TraceMap} from "@jridgewell/trace-mapping"

// `file` is where the bundle is, to which the names of sources are relative.
export function createMap(text, file) {
  const map = new TraceMap(text, file)
  // The original place of a line and column that count from 1, or null.
  return (line, column) => {
    const {source, line: l, column: c} = originalPositionFor(map, {line, column: column - 1})
    return source === null ? null : `${source}:${l}:${c + 1}`
  }
}
