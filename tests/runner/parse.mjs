// Reads a .case file into sections. Knows nothing of what the sections mean, except their names.
// The probe apps (tests/probes/apps.mjs) are written in the same form.

const names = (
  "about app sdk file env stdin sh http reply socket run exit stdout stderr json json-file exists " +
  "missing files text contains lacks unchanged never"
).split(" ")

// Splits at white space; "double quotes" hold words together.
export function words(text) {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2])
}

// Sections in order: {name, arg, lines, at} with `at` the index of the first content line and `end`
// of the line after the last one that counts (blank lines before the next section do not).
export function sections(text, known) {
  const lines = text.split("\n")
  const found = []
  lines.forEach((line, index) => {
    const head = /^-- ([a-z-]+)(?:\s+(.*?))?\s*$/.exec(line)
    if (head) {
      if (!known.includes(head[1])) throw new Error(`line ${index + 1}: unknown section ${head[1]}`)
      found.push({name: head[1], arg: head[2] ?? "", lines: [], at: index + 1, end: index + 1})
    } else if (found.length > 0) {
      const section = found.at(-1)
      section.lines.push(line.replace(/^\\--/, "--"))
      if (line.trim()) section.end = index + 1
    } else if (line.trim() && !line.startsWith("#")) {
      throw new Error(`line ${index + 1}: text before the first section`)
    }
  })
  for (const section of found) section.lines.length = section.end - section.at
  if (found[0]?.name !== "about") throw new Error("the first section is -- about")
  return found
}

export function parse(text) {
  const found = sections(text, names)
  if (!found.some((section) => section.name === "run")) throw new Error("nothing is run")
  return found
}

export function unescape(text) {
  const plain = {n: "\n", r: "\r", t: "\t", e: "\x1b", 0: "\0", "\\": "\\"}
  return Buffer.concat(
    text.split(/(\\x[0-9a-fA-F]{2}|\\[nrte0\\])/).map((part, i) => {
      if (i % 2 === 0) return Buffer.from(part)
      if (part[1] === "x") return Buffer.from([parseInt(part.slice(2), 16)])
      return Buffer.from(plain[part[1]])
    }),
  )
}

// The bytes of a file from the lines of its section; `fill` replaces names, for the option `vars`.
export function fileContent(lines, options, fill) {
  let data = lines.map((line) => `${line}\n`).join("")
  for (const option of options) {
    const repeat = /^repeat=(\d+)$/.exec(option)
    if (option === "no-newline") data = data.replace(/\n$/, "")
    else if (option === "vars" && fill) data = fill(data)
    else if (repeat) data = data.replace("{REPEAT}", "x".repeat(Number(repeat[1])))
    else if (option !== "escapes") throw new Error(`-- file: unknown option ${option}`)
  }
  return options.includes("escapes") ? unescape(data) : Buffer.from(data)
}

// Replaces the content of sections in the text of a case: [{section, text}].
export function rewrite(text, changes) {
  const lines = text.split("\n")
  for (const {section, text: content} of [...changes].sort((a, b) => b.section.at - a.section.at)) {
    const fresh = content.replace(/\n$/, "").split("\n")
    const escaped = content ? fresh.map((line) => line.replace(/^--/, "\\--")) : []
    lines.splice(section.at, section.end - section.at, ...escaped)
  }
  return lines.join("\n")
}
