// The dialog that changes a next step.
import {Button, confirm, Forms, Settings, showToast, useForm} from "attio/client"
import settings from "../../settings/schema"
import {type NextStep, priorities} from "./next-step"
import saveNextStep from "./save-next-step.server"

const schema = {
  text: Forms.string().minLength(3).maxLength(80),
  priority: Forms.string(),
  due: Forms.plainDate(),
}

const priorityOptions = [
  {value: "low", label: "Low"},
  {value: "normal", label: "Normal"},
  {value: "high", label: "High"},
]

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export function NextStepDialog({
  recordId,
  step,
  hideDialog,
}: {
  recordId: string
  step: NextStep | null
  hideDialog: () => void
}) {
  const {default_step, days, ask_before_clearing} = Settings.useSettings(settings)
  const {Form, TextInput, Combobox, PlainDateInput, SubmitButton} = useForm(
    schema,
    step ?? {text: default_step ?? "", priority: "normal", due: inDays(days ?? 7)},
    // What the schema cannot say.
    ({priority}) =>
      priorities.some((known) => known === priority) ? {} : {priority: "Choose a priority"},
  )

  async function save(changed: NextStep | null, title: string) {
    await saveNextStep(recordId, changed)
    hideDialog()
    await showToast({title, variant: "success"})
  }

  async function clear() {
    if (ask_before_clearing && !(await confirm({title: "Clear this next step?"}))) return
    await save(null, "Next step cleared")
  }

  return (
    <>
      <Form onSubmit={(values) => save(values as NextStep, "Next step saved")}>
        <TextInput name="text" label="Next step" placeholder="Call them" />
        <Combobox name="priority" label="Priority" options={priorityOptions} />
        <PlainDateInput name="due" label="Due" />
        <SubmitButton label="Save" />
      </Form>
      {step ? <Button label="Clear" variant="destructive" onClick={clear} /> : null}
    </>
  )
}
