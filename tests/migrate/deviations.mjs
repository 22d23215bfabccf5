// Where ours is to differ from the official CLI: why, and what is right. `holds`: parts of files after
// the run.
const extension = "src/app/extensions/one/extension.tsx"

export const deviations = {
  // It leaves an import that leads nowhere, or takes a name that is gone: the app would not build.
  "consumer-extension": {exit: 0, holds: {"src/use.ts": 'import one from "./app/extensions/one/extension.js"'}},
  "extension-imports": {exit: 0, holds: {[extension]: 'import("../../../lib/later")'}},
  "tsconfig-paths": {exit: 0, holds: {"src/use.ts": 'import one from "./app/extensions/one/extension"', [extension]: '"@/help"'}},
  "consumer-require": {exit: 1, blockers: ["unsupported-consumer-import"], holds: {"src/one.ts": "export const one"}},
  "app-imported": {exit: 0, holds: {"src/app.ts": "actions: []"}},
  "settings-page-imported-elsewhere": {exit: 1, blockers: ["settings-page-shared-binding"], holds: {"src/page.tsx": "Page"}},
  // It makes a text that declares a name twice, or two default exports.
  "extension-name-taken": {exit: 1, blockers: ["name-collision"], holds: {"src/one.ts": "const Extensions = 1"}},
  "other-default": {exit: 1, blockers: ["unsupported-consumer-import"], holds: {"src/one.ts": "help"}},
  // It loses code: another variable of the statement, a module that app.ts loads for what it does, a
  // comment.
  "several-declarators": {exit: 1, blockers: ["multiple-surfaces-in-source"], holds: {"src/one.ts": "two = 1"}},
  "app-side-effect-import": {exit: 0, holds: {"src/app.ts": 'import "./side"'}},
  "object-forms": {exit: 0, holds: {[extension]: "// why"}},
  // It leaves calls of the older schema that the new one does not take.
  "settings-schema-consts": {exit: 0, holds: {"src/app/settings/schema.ts": "const key = Settings.Schema.string()"}},
  "settings-schema-spread": {exit: 0, holds: {"src/app/settings/schema.ts": "Settings.Schema.number()"}},
  // It does not follow the paths of tsconfig.json.
  "tsconfig-paths-app": {exit: 0, holds: {[extension]: "Extensions.defineExtension"}},
}
