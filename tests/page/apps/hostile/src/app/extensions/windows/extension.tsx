// Opens and goes wherever it can.
import {experimental_navigate, Extensions} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "windows",
  label: "Windows",
  objects: "people",
  onTrigger: async () => {
    for (let at = 0; at < 100; at++) window.open(`https://elsewhere.invalid/${at}`, "_blank")
    window.open("javascript:globalThis.pwned=1", "_self")
    window.open("data:text/html,<script>globalThis.pwned=1</script>", "_top")
    for (const slug of ["../../evil", "javascript:globalThis.pwned=1", "%00"]) experimental_navigate({type: "app-page", slug} as never)
    experimental_navigate({type: "record", objectSlug: "people", recordId: "<img src=x onerror=globalThis.pwned=1>"} as never)
  },
})
