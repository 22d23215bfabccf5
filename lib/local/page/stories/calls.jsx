import {Banner, Button, Forms, Typography, alert, confirm, showDialog, showIframe, showToast, useForm} from "attio/client"

const nothing = () => {}

function First({hideDialog}) {
  const form = useForm({title: Forms.string()}, {title: "Login is slow"})
  return (
    <>
      <Banner variant="neutral">Buttons of a dialog are in its footer.</Banner>
      <form.Form onSubmit={hideDialog}>
        <form.TextInput name="title" label="Title" />
        <form.SubmitButton label="Create" />
      </form.Form>
      <Button label="Cancel" keyboardHint="c" onClick={hideDialog} />
    </>
  )
}

const Second = () => <Typography.Body>A dialog above another shows the way back.</Typography.Body>

export const calls = [
  {component: "showToast()", kind: "call", run: async () => {
    for (const variant of ["neutral", "warning", "error", "success"]) await showToast({variant, title: `A ${variant} toast`, text: "With a line of text", durationMs: 4000})
    await showToast({variant: "neutral", title: "Uploading", progress: 40, dismissable: false, durationMs: Infinity})
    await showToast({variant: "success", title: "Created", action: {label: "View", onClick: nothing}})
  }},
  {component: "alert()", kind: "call", run: () => alert({title: "Nothing to send", text: "The record has no e-mail address.", okLabel: "Understood"})},
  ...["primary", "secondary", "secondary-destructive", "destructive"].map((confirmVariant) => (
    {component: "confirm()", about: confirmVariant, kind: "call", run: () => confirm({title: "Delete the link?", text: "The issue itself stays.", cancelLabel: "Keep it", confirmLabel: "Delete", confirmIcon: "Trash", confirmVariant})}
  )),
  {component: "showDialog()", kind: "call", run: () => showDialog({title: "Log a request", Dialog: First})},
  {component: "showDialog()", about: "one above another", kind: "call", run: () => {
    showDialog({title: "Issues", Dialog: First})
    return showDialog({title: "Details", Dialog: Second})
  }},
  {component: "showIframe()", kind: "call", run: () => {
    showIframe({width: "480px", height: "320px", url: "https://example.com/picker", onMessage: nothing})
    return showIframe({width: "480px", height: "320px", html: "<p>Hello</p>", initialData: {id: 1}, onMessage: nothing})
  }},
  {component: "runRecordBatches()", kind: "bulk", label: "Export", run: ({runRecordBatches}) => runRecordBatches({batchSize: 2, onProgress: ({processedRecords}) => ({text: `${processedRecords} exported`})}, async () => {})},
]
