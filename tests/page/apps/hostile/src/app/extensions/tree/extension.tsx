import {Extensions, showDialog, Typography} from "attio/client"

const line = "x".repeat(5_000_000)

export default Extensions.defineExtension({
  type: "record-action",
  id: "tree",
  label: "Tree",
  objects: "people",
  onTrigger: async () => {
    await showDialog({
      title: "100 MB",
      Dialog: () => (
        <>
          {Array.from({length: 20}, (_, at) => (
            <Typography.Body key={at}>{line}</Typography.Body>
          ))}
        </>
      ),
    })
  },
})
