// Told above everything while the newest code of the app does not build or run.
import {CodeFrame} from "../ui/CodeFrame.jsx"

const place = ({file, path, line, column, code}) => [file ?? path, line, column].filter((part) => part !== undefined).join(":") || code

export function Broken({broken: {errors, runs}}) {
  const count = errors.length > 0 ? `: ${errors.length} ${errors.length === 1 ? "error" : "errors"}` : ""
  return (
    <div class="p-banner p-broken" role="status"><details>
      <summary>The build is broken{count}. {runs ? "What runs here is the last good one." : "Nothing runs yet."}</summary>
      {errors.map((error, index) => <CodeFrame key={index} title={place(error)} frame={[error.message ?? String(error), error.frame].filter(Boolean).join("\n")} />)}
    </details></div>
  )
}
