import {addBusinessDays, differenceInMonths, formatDistanceStrict, formatISO, parseISO} from "date-fns"
import {de} from "date-fns/locale/de"

const day = parseISO("2026-02-27")

export default () => [
  formatISO(addBusinessDays(day, 3), {representation: "date"}),
  differenceInMonths(parseISO("2027-01-01"), day),
  formatDistanceStrict(day, parseISO("2026-03-09"), {locale: de, addSuffix: true}),
]
