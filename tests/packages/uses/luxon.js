import {DateTime, Duration, Interval} from "luxon"

export default () => {
  const start = DateTime.fromISO("2026-03-28T12:00:00", {zone: "Europe/Berlin"})
  const end = start.plus({days: 1})
  return [
    end.toISO(),
    Interval.fromDateTimes(start, end).length("hours"),
    Duration.fromObject({minutes: 135}).shiftTo("hours", "minutes").toObject(),
    DateTime.fromISO("2026-02-30").invalidReason,
  ]
}
