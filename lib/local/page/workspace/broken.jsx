// Told above everything while the newest code of the app does not build or run.
import {CodeFrame} from "../ui/index.js"

export function Broken({generation}) {
  const errors = generation.errors ?? []
  return (
    <details class="p-banner p-broken" role="status">
      <summary>The build is broken{errors.length > 0 ? `: ${errors.length} ${errors.length === 1 ? "error" : "errors"}` : ""}. What runs here is the last good one.</summary>
      {errors.map((error, index) => (
        <CodeFrame key={index} title={[error.file, error.line, error.column].filter((part) => part !== undefined).join(":") || error.code}
          frame={error.frame ?? error.message ?? String(error)} />
      ))}
    </details>
  )
}
