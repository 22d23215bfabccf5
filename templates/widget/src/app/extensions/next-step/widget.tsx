// The widget on the record page. It suspends while its data is on the way, which Attio shows.
import {showDialog, useAsyncCache, Widget} from "attio/client"
import {NextStepDialog} from "./dialog"
import loadNextStep from "./load-next-step.server"

export function NextStepWidget({recordId}: {recordId: string}) {
  const {values, invalidate} = useAsyncCache({step: [loadNextStep, recordId]})
  const {step} = values

  return (
    <Widget.TextWidget
      onTrigger={async () => {
        await showDialog({
          title: "Next step",
          Dialog: ({hideDialog}) => (
            <NextStepDialog recordId={recordId} step={step} hideDialog={hideDialog} />
          ),
        })
        // The dialog is closed: show what it has changed.
        invalidate("step")
      }}
    >
      <Widget.Title>Next step</Widget.Title>
      <Widget.Text.Primary>{step ? step.text : "None yet"}</Widget.Text.Primary>
      <Widget.Text.Secondary>
        {step ? `${step.priority} priority, due ${step.due}` : "Click to add one"}
      </Widget.Text.Secondary>
    </Widget.TextWidget>
  )
}
