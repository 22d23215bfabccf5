// A place in the app's source, which opens in the editor.
import {status} from "../base/store.js"

export function Source({file, line, column, children}) {
  const root = status.value?.app?.root
  const text = children ?? [file, line, column].filter((part) => part !== undefined).join(":")
  if (!file || !root) return <span>{text}</span>
  const path = file.startsWith("/") ? file : `${root}/${file.replace(/^\.\//, "")}`
  return <a class="u-source" href={`vscode://file${encodeURI(path)}:${line ?? 1}:${column ?? 1}`} title="Open in the editor">{text}</a>
}

// "at send (src/app/send.server.ts:12:3)": the place in the app's own source, or null.
export function placeOf(text) {
  const found = /\(?((?:\/|\.\/|src\/)[^\s():]+):(\d+):(\d+)\)?/.exec(text ?? "")
  return found === null ? null : {file: found[1], line: found[2], column: found[3]}
}

// A stack as it was mapped: each line that has a place leads there.
export const Stack = ({text}) => (
  <div class="u-stack">{(text ?? "").split("\n").filter((line) => line.trim() !== "").map((line, at) => <div key={at}><Source {...(placeOf(line) ?? {})}>{line.trim()}</Source></div>)}</div>
)
