// A form with every kind of input, in a dialog that opens others.
import {alert, Banner, Button, confirm, Forms, showDialog, showToast, Typography, useForm} from "attio/client"
import findProjects from "./find-projects.server"
import saveIssue from "./save-issue.server"

const schema = {
  title: Forms.string().minLength(5),
  site: Forms.string().url(),
  project: Forms.string(),
  labels: Forms.array(Forms.string()),
  votes: Forms.number().min(1),
  urgent: Forms.boolean(),
  due: Forms.plainDate().optional(),
  kind: Forms.string(),
  note: Forms.string().multiline().optional(),
}

const labels = [
  {value: "bug", label: "Bug"},
  {value: "wish", label: "Wish"},
]

const projects = {
  search: async (query: string) => (await findProjects(query)).map((name) => ({value: name, label: name})),
  getOption: async (value: string) => ({value, label: value}),
}

function Help({hideDialog}: {hideDialog: () => void}) {
  return (
    <>
      <Typography.Body>A title says what is wrong, in five letters at least.</Typography.Body>
      <Button
        label="More"
        onClick={() =>
          showDialog({title: "More help", Dialog: () => <Typography.Body>There is no more help than this.</Typography.Body>})
        }
      />
      <Button label="Back" onClick={hideDialog} />
    </>
  )
}

export function IssueForm({hideDialog}: {hideDialog: () => void}) {
  const {Form, TextInput, TextArea, Combobox, NumberInput, Toggle, PlainDateInput, RadioGroup, Fieldset, SubmitButton} = useForm(
    schema,
    {title: "", site: "nowhere", labels: [], votes: 0, urgent: false, kind: "open"},
    ({title}) => (title === "Nothing" ? {title: "Nothing is no title"} : {}),
  )
  return (
    <>
      <Banner variant="neutral">Goes to the tracker, not to Attio.</Banner>
      <Form
        onSubmit={async (values) => {
          if (values.urgent && !(await confirm({title: "Wake somebody up?", confirmLabel: "Wake up", confirmVariant: "destructive"}))) return
          const number = await saveIssue({title: values.title, project: values.project, labels: values.labels})
          hideDialog()
          await showToast({
            title: `Issue ${number} logged`,
            text: values.labels.join(", "),
            variant: "success",
            action: {label: "Undo", onClick: () => alert({title: "It stays", text: "Nothing is taken back."})},
          })
        }}
      >
        <TextInput name="title" label="Title" placeholder="What is wrong" />
        <TextInput name="site" label="Site" />
        <Combobox name="project" label="Project" options={projects} />
        <Combobox name="labels" label="Labels" options={labels} />
        <NumberInput name="votes" label="Votes" />
        <PlainDateInput name="due" label="Due" />
        <Fieldset legend="State">
          <RadioGroup name="kind">
            <RadioGroup.Item value="open" label="Open" />
            <RadioGroup.Item value="later" label="Later" />
          </RadioGroup>
        </Fieldset>
        <Toggle name="urgent" label="Urgent" />
        <TextArea name="note" label="Note" />
        <SubmitButton label="Log issue" />
      </Form>
      <Button label="Help" keyboardHint="h" onClick={() => showDialog({title: "Help", Dialog: Help})} />
    </>
  )
}
