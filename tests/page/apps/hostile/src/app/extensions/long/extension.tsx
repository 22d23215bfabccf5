import {alert, confirm, Extensions, showDialog, showToast, Typography} from "attio/client"

const word = "w".repeat(5_000_000)

export default Extensions.defineExtension({
  type: "record-action",
  id: "long",
  label: "Long",
  objects: "people",
  onTrigger: async () => {
    await showToast({title: word, text: word, variant: "warning", durationMs: Infinity, action: {label: word, onClick: async () => {}}})
    await alert({title: word, text: word, okLabel: word})
    await confirm({title: word, text: word, cancelLabel: word, confirmLabel: word})
    await showDialog({title: word, Dialog: () => <Typography.Body>short</Typography.Body>})
  },
})
