// Options of comboboxes: a list, or a provider {search, getOption} of the app's, or one of ours that looks into the
// workspace's records, members and settings of the data model.
import React from "./react.js"
import {call, warning} from "./bridge.js"

export const isProvider = (options) => options !== null && typeof options === "object" && !Array.isArray(options)

// The label beside a value. A provider is asked once per value, never per render; one that throws breaks nothing: apps
// have options, as "Create a new one", that only their search knows.
export function useLabels(options, value) {
  const [labels, setLabels] = React.useState({})
  const asked = React.useRef(new Map())
  const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string" && one !== "")
  const provider = isProvider(options) ? options : null
  React.useEffect(() => {
    if (provider === null || typeof provider.getOption !== "function") return
    for (const one of values) {
      if (asked.current.has(one)) continue
      asked.current.set(one, true)
      Promise.resolve()
        .then(() => provider.getOption(one))
        .then(
          (option) => setLabels((known) => ({...known, [one]: option?.label ?? null})),
          (error) => warning("option-label", `getOption threw for ${JSON.stringify(one)}: ${error?.message ?? error}`),
        )
    }
  }, [values.join("\n")])
  const label = (one) => (provider ? labels[one] : options?.find?.((option) => option.value === one)?.label)
  const found = values.map((one) => label(one) ?? undefined)
  return found.some((one) => one !== undefined) ? found.map((one, i) => one ?? values[i]) : undefined
}

// `rest` is the host's own question to the data plane, not a call of the app.
const rest = async (method, path, body) => (await call("rest", {method, path, body, host: true})).body?.data ?? []

const matches = (query, ...texts) => {
  const wanted = query.trim().toLowerCase()
  return (
    wanted === "" ||
    texts.some((text) =>
      String(text ?? "")
        .toLowerCase()
        .includes(wanted),
    )
  )
}

function provider(list) {
  return {
    search: async (query) => list(String(query ?? "")),
    getOption: async (value) => (await list("", value)).find((option) => option.value === value),
  }
}

export const memberOptions = provider(async (query) =>
  (await rest("GET", "/v2/workspace_members"))
    .map((member) => ({
      value: member.id.workspace_member_id,
      label: [member.first_name, member.last_name].filter(Boolean).join(" ") || member.email_address,
      description: member.email_address,
    }))
    .filter((option) => matches(query, option.label, option.description)),
)

export const standardObjects = ["people", "companies", "deals", "workspaces", "users"]
export const recordKey = (value) => (value?.recordId ? `${value.object}/${value.recordId}` : "")

export function recordOptions(objects) {
  const slugs = objects === undefined ? standardObjects : [objects].flat()
  const search = async (query) => {
    const found = await rest("POST", "/v2/objects/records/search", {
      query,
      limit: 10,
      objects: slugs,
      request_as: {type: "workspace"},
    })
    return found.map((record) => ({
      value: `${record.object_slug}/${record.id.record_id}`,
      label: record.record_text ?? record.id.record_id,
      description: record.object_slug,
    }))
  }
  // A record that is chosen is asked for by its id: the search only knows the best ones.
  const getOption = async (value) => {
    const [object, id] = value.split("/").map(encodeURIComponent)
    const {values} = await rest("GET", `/v2/objects/${object}/records/${id}`)
    const [name] = values?.name ?? []
    return {label: name?.full_name ?? name?.value ?? id}
  }
  return {search, getOption}
}

export const objectOptions = provider(async (query) =>
  (await rest("GET", "/v2/objects"))
    .map((object) => ({value: object.api_slug, label: object.plural_noun ?? object.api_slug}))
    .filter((option) => matches(query, option.value, option.label)),
)

export const listOptions = provider(async (query) =>
  (await rest("GET", "/v2/lists"))
    .map((list) => ({value: list.api_slug, label: list.name}))
    .filter((option) => matches(query, option.value, option.label)),
)

export const attributeOptions = (object) =>
  provider(async (query) =>
    (await rest("GET", `/v2/objects/${encodeURIComponent(object)}/attributes`))
      .map((attribute) => ({value: attribute.api_slug, label: attribute.title}))
      .filter((option) => matches(query, option.value, option.label)),
  )

export const selectOptions = (object, attribute) =>
  provider(async (query) =>
    (await rest("GET", `/v2/objects/${encodeURIComponent(object)}/attributes/${encodeURIComponent(attribute)}/options`))
      .map((option) => ({value: option.id.option_id, label: option.title}))
      .filter((option) => matches(query, option.label)),
  )
