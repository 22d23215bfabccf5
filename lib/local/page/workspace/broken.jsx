// Told above everything while the newest code of the app does not build or run.
import {href} from "../base/route.js"
import {CodeFrame} from "../ui/CodeFrame.jsx"
import {Source, Stack} from "../ui/Source.jsx"

const most = 20

// A finding, what the app's code threw, or why it could not be built at all.
function One({one}) {
  if (one.realm) return <figure class="u-frame"><figcaption>The {one.realm} code threw {one.error.name}: {one.error.message}</figcaption><Stack text={one.error.stack} /></figure>
  const {start} = one.range ?? {}
  return <CodeFrame title={one.file ? <Source file={one.file} line={start?.line} column={start?.column} /> : one.code} frame={one.frame?.trimEnd() || [one.message, one.why, one.fix].filter((part) => typeof part === "string").join("\n")} />
}

export function Broken({broken: {errors, runs}}) {
  return (
    <div class="p-banner p-broken" role="status"><details>
      <summary>The build is broken: {errors.length} {errors.length === 1 ? "error" : "errors"}. {runs ? "What runs here is the last good one." : "Nothing runs yet."}</summary>
      {errors.slice(0, most).map((one, at) => <One key={at} one={one} />)}
      <p><a href={href(["findings"])}>All findings</a></p>
    </details></div>
  )
}
