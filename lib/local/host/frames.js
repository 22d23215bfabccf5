// JSON lines over standard input and output: the only way in and out of this process.
import {writeSync} from "node:fs"

// Calls `take` with each frame. A line that is no JSON is the platform's fault and ends us: nothing
// after it could be trusted to be whole.
export function readFrames(stream, take, end) {
  let rest = []
  stream.setEncoding("utf8")
  stream.on("data", (chunk) => {
    let from = 0
    for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", from)) {
      rest.push(chunk.slice(from, at))
      from = at + 1
      const line = rest.length === 1 ? rest[0] : rest.join("")
      rest = []
      if (line !== "") take(JSON.parse(line))
    }
    if (from < chunk.length) rest.push(chunk.slice(from))
  })
  for (const event of ["end", "close", "error"]) stream.on(event, end)
}

// Node's stream waits for a full pipe, too, but takes its time to be made.
export function frameWriter(fd, end) {
  return (frame) => {
    const bytes = Buffer.from(`${JSON.stringify(frame)}\n`)
    let at = 0
    while (at < bytes.length) {
      try {
        at += writeSync(fd, bytes, at)
      } catch (error) {
        if (error.code !== "EAGAIN") return end()
      }
    }
  }
}
