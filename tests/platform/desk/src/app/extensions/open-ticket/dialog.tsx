// The form: the queue says which further fields there are.
import {Divider, Forms, LoadingState, type PlainComboboxOptionsProvider, Settings, showToast, useAsyncCache, useForm} from "attio/client"
import {Suspense} from "react"
import settings from "../../settings/schema"
import open from "./open.server"
import queues from "./queues.server"

const toOption = ({id, name}: {id: string; name: string}) => ({value: id, label: name})

const queueOptions: PlainComboboxOptionsProvider = {
  getOption: async (value) => (await queues("")).filter(({id}) => id === value).map(toOption)[0],
  search: async (query) => (await queues(query)).map(toOption),
}

function Asked({queue}: {queue: string}) {
  const {values} = useAsyncCache({queues: [queues, ""]})
  const fields = values.queues.find(({id}) => id === queue)?.fields ?? []
  return <>{fields.includes("urgency") ? "This queue answers within the day." : "This queue answers within the week."}</>
}

export function TicketDialog({email, hideDialog}: {email: string; hideDialog: () => void}) {
  const {queue} = Settings.useSettings(settings)
  const {Form, TextInput, Combobox, InputGroup, WithState, SubmitButton} = useForm(
    {subject: Forms.string().minLength(3), queue: Forms.string(), urgency: Forms.string().optional(), link: Forms.string().optional().url()},
    {subject: "", queue: queue ?? "", urgency: "", link: ""},
  )
  return (
    <Form
      onSubmit={async ({subject, queue, urgency, link}) => {
        const {updateToast} = await showToast({
          title: "Opening the ticket",
          variant: "neutral",
          dismissable: false,
          durationMs: Number.POSITIVE_INFINITY,
        })
        const done = {dismissable: true, durationMs: 4000}
        try {
          const opened = await open({email, subject, queue, fields: {...(urgency && {urgency}), ...(link && {link})}})
          if ("problem" in opened) {
            await updateToast({title: "The desk refuses it", text: opened.problem, variant: "error", ...done})
            return
          }
          const {ticket} = opened
          await updateToast({
            title: `Ticket ${ticket.id} is open`,
            variant: "success",
            action: {label: "Look at it", onClick: () => void window.open(`https://desk.example/${ticket.id}`, "_blank")},
            ...done,
          })
          hideDialog()
        } catch (error) {
          await updateToast({title: "The desk does not answer", text: String(error), variant: "error", ...done})
        }
      }}
    >
      <TextInput name="subject" label="Subject" />
      <Combobox name="queue" label="Queue" options={queueOptions} placeholder="Choose a queue" />
      <WithState values>
        {({values}) =>
          values.queue === "q-bugs" ? (
            <InputGroup>
              <TextInput name="urgency" label="Urgency" />
              <TextInput name="link" label="Link" />
            </InputGroup>
          ) : (
            <></>
          )
        }
      </WithState>
      <Divider />
      <WithState values>
        {({values}) =>
          values.queue ? (
            <Suspense fallback={<LoadingState>Asking the desk</LoadingState>}>
              <Asked queue={values.queue} />
            </Suspense>
          ) : (
            <></>
          )
        }
      </WithState>
      <SubmitButton label="Open ticket" />
    </Form>
  )
}
