// An action that asks, calls, tells and opens a form.
import {alert, Extensions, runQuery, showDialog, showToast} from "attio/client"
import {OfferDialog} from "./dialog"
import count from "./count.server"
import person from "./person.graphql"
import price from "./price.server"

export default Extensions.defineExtension({
  type: "record-action",
  id: "offer",
  label: "Make an offer",
  objects: "people",
  onTrigger: async ({recordId}) => {
    const {person: found} = await runQuery(person, {id: recordId})
    const name = found?.name?.full_name ?? "nobody"
    const [cost, times] = await Promise.all([price(name, 2), count(recordId)])
    if (cost.failed) {
      await alert({title: "No price", text: cost.failed})
      return
    }
    await showToast({title: `For ${name}`, variant: "neutral"})
    await showToast({title: `It costs ${cost.amount}`, text: `offer ${times}`, variant: "success"})
    await showDialog({title: "Offer", Dialog: () => <OfferDialog amount={cost.amount} />})
  },
})
