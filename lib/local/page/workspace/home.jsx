// The first screen: somebody to run the app's action on.
import {useEffect} from "preact/hooks"
import {go} from "../base/route.js"
import {firstRecord} from "../base/store.js"
import {Empty} from "../ui/small.jsx"
import {Record} from "./record.jsx"

export function Home() {
  const found = firstRecord.value
  const path = found ? [found.object, found.record.id.record_id] : null
  // It has an address of its own.
  useEffect(() => {
    if (path) go(path, {first: "1"}, {replace: true})
  }, [found])
  if (found === undefined) return <Empty whole title="Loading…" />
  if (found === null) return <Empty whole title="No records yet"><code>attio state reset</code> brings those of the sample workspace.</Empty>
  return <Record path={path} query={new URLSearchParams("first=1")} />
}
