// What V8 made of the texts of our inner halves, kept from one start to the next: reading it takes a
// fifth of the time of compiling them. The platform keeps it in a file (lib/local/run/host_code.h), and
// sees to it that it is of this Node and of these texts; V8 looks at both once more.
import {closeSync, openSync, readSync} from "node:fs"

const newline = 10

// The parts in one piece: a line that says how long they are, and then they.
export function pack(parts) {
  const sizes = Object.fromEntries(Object.entries(parts).map(([kind, bytes]) => [kind, bytes.length]))
  return Buffer.concat([Buffer.from(`${JSON.stringify(sizes)}\n`), ...Object.values(parts)])
}

// The platform's file begins with a line of its own.
const longest = 512 // bytes of both lines

function read(fd, from, size) {
  const bytes = Buffer.allocUnsafeSlow(size)
  return bytes.subarray(0, readSync(fd, bytes, 0, size, from))
}

// Those of these parts that are in the platform's file, by name.
export function unpack(file, names) {
  const parts = {}
  if (file === undefined) return parts
  let fd
  try {
    fd = openSync(file)
    const lines = read(fd, 0, longest)
    const head = lines.indexOf(newline) + 1
    let at = lines.indexOf(newline, head) + 1
    for (const [name, size] of Object.entries(JSON.parse(lines.toString("latin1", head, at)))) {
      if (names.includes(name)) parts[name] = read(fd, at, size)
      at += size
    }
  } catch {
    // It has gone meanwhile: without it all works, too.
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
  return parts
}
