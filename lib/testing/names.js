// The name that was meant by a slip.
import fs from "node:fs"
import path from "node:path"

function distance(a, b) {
  let row = Array.from({length: b.length + 1}, (nothing, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}

// At most two slips from it; a name in another folder is meant, too.
export function nearest(name, names) {
  const far = names.map((one) => [Math.min(distance(name, one), distance(path.posix.basename(name), path.posix.basename(one))), one])
  const [found] = far.filter(([slips]) => slips <= 2).sort(([a], [b]) => a - b)
  return found?.[1]
}

// As they are called: app/x.server
export function serverFunctions(app) {
  const source = path.join(app, "src")
  const files = fs.existsSync(source) ? fs.readdirSync(source, {recursive: true}) : []
  return files.filter((file) => /\.server\.[cm]?[jt]sx?$/.test(file)).map((file) => file.split(path.sep).join("/").replace(/\.[cm]?[jt]sx?$/, ""))
}
