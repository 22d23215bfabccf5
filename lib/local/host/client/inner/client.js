// The module `attio/client`.
import {hostCalls} from "./calls.js"
import {plainComponents} from "./components.js"
import {configurators} from "./configurator.js"
import {runQuery, useAsyncCache, useQuery} from "./data.js"
import {useForm} from "./form.js"
import {Forms} from "./forms.js"
import {OutcomeSchema} from "./nodes.js"
import {Settings, oldSettings} from "./settings.js"
import {named} from "./trap.js"
import {OutcomeValue} from "./values.js"

const same = (value) => value

export function client(platform) {
  return named("attio/client", {
    ...plainComponents,
    ...hostCalls,
    ...oldSettings,
    Extensions: named("attio/client Extensions", {defineExtension: same, experimental_definePage: same}),
    Forms,
    Settings,
    Workflows: named("attio/client Workflows", {...configurators, OutcomeSchema, OutcomeValue}),
    platform,
    runQuery,
    useAsyncCache,
    useForm,
    useQuery,
  })
}
