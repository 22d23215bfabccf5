// Source maps: places in bundles become places in the app's own files. A part of its own, read from
// the disk when the first error passes.
import {originalPositionFor, TraceMap} from "@jridgewell/trace-mapping"

// The names of sources are relative to the app's folder.
export function createMap(text) {
  const map = new TraceMap(text)
  // The original place of a line and column that count from 1, or null.
  return (line, column) => {
    const {source, line: l, column: c} = originalPositionFor(map, {line, column: column - 1})
    return source === null ? null : `${source}:${l}:${c + 1}`
  }
}
