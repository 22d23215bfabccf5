// Apps on the disk, and what became of them.
import fs from "node:fs"
import path from "node:path"

// Writes the files (a map from path to text; undefined: none) and links the npm packages in.
export function lay(folder, files, packages) {
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), {recursive: true})
    fs.writeFileSync(file, text)
  }
  fs.symlinkSync(packages, path.join(folder, "node_modules"))
}

// A map from path to text of all files but the packages.
export function snapshot(folder) {
  const found = {}
  const walk = (below) => {
    for (const entry of fs.readdirSync(path.join(folder, below), {withFileTypes: true})) {
      const name = path.posix.join(below, entry.name)
      if (name === "node_modules") continue
      if (entry.isDirectory()) walk(name)
      else found[name] = fs.readFileSync(path.join(folder, name), "utf8")
    }
  }
  walk("")
  return found
}

// What is compared of a run.
export function summary(exit, document, before, after, hash) {
  const written = Object.keys(after).filter((name) => after[name] !== before[name])
  return {
    exit,
    operations: hash(JSON.stringify(document.operations)),
    blockers: document.blockers.map(({code, files, symbols}) => ({code, files, symbols})),
    calls: hash(JSON.stringify(document.unchanged_settings_callsites)),
    files: document.files.map((file) => [file.source_path, file.destination_path]),
    removed: Object.keys(before).filter((name) => !(name in after)).sort(),
    written: Object.fromEntries(written.sort().map((name) => [name, hash(after[name])])),
  }
}
