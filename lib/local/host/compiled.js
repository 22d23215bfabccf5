// What V8 made of the texts of our inner halves, kept from one start to the next: reading it takes a
// fifth of the time of compiling them. The platform keeps it in a file (lib/local/run/host_code.h), and
// sees to it that it is of this Node and of these texts; V8 looks at both once more.
import fs from "node:fs"

const newline = 10

// The parts in one piece: a line that says how long they are, and then they.
export function pack(parts) {
  const sizes = Object.fromEntries(Object.entries(parts).map(([kind, bytes]) => [kind, bytes.length]))
  return Buffer.concat([Buffer.from(`${JSON.stringify(sizes)}\n`), ...Object.values(parts)])
}

// The part of one kind in the platform's file, or nothing. Before the parts the file has a line of the
// platform's.
export function unpack(file, kind) {
  if (file === undefined) return undefined
  try {
    const bytes = fs.readFileSync(file)
    const head = bytes.indexOf(newline) + 1
    let at = bytes.indexOf(newline, head) + 1
    for (const [name, size] of Object.entries(JSON.parse(bytes.toString("latin1", head, at)))) {
      if (name === kind) return bytes.subarray(at, at + size)
      at += size
    }
  } catch {
    // It has gone meanwhile: without it all works, too.
  }
  return undefined
}
