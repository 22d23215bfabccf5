// The editor of GraphQL documents: completion and error marks by the schema that is installed. Its own script, loaded when
// it is shown. Its styles are sheets made by script, which the page's policy allows below a shadow root only.
import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete"
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands"
import {bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting} from "@codemirror/language"
import {lintGutter, lintKeymap} from "@codemirror/lint"
import {EditorState} from "@codemirror/state"
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from "@codemirror/view"
import {tags} from "@lezer/highlight"
import {graphql, updateSchema} from "cm6-graphql"
import {buildSchema} from "graphql"

const colours = syntaxHighlighting(HighlightStyle.define([
  {tag: tags.keyword, color: "var(--accent)"},
  {tag: [tags.string, tags.special(tags.string)], color: "var(--ok)"},
  {tag: [tags.number, tags.bool, tags.null], color: "var(--warn)"},
  {tag: tags.comment, color: "var(--muted)"},
  {tag: [tags.attributeName, tags.typeName], color: "var(--accent)"},
]))

const look = EditorView.theme({
  "&": {color: "var(--fg)", backgroundColor: "var(--bg)", border: "1px solid var(--line)", borderRadius: "8px", fontSize: "12px"},
  "&.cm-focused": {outline: "2px solid var(--accent)", outlineOffset: "1px"},
  ".cm-content": {fontFamily: "var(--mono)", minHeight: "220px", caretColor: "var(--fg)"},
  ".cm-scroller": {fontFamily: "var(--mono)", lineHeight: "1.5"},
  ".cm-gutters": {backgroundColor: "var(--side)", color: "var(--muted)", border: "0", borderRight: "1px solid var(--line)"},
  ".cm-activeLine": {backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)"},
  ".cm-cursor": {borderLeftColor: "var(--fg)"},
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)"},
  ".cm-tooltip": {backgroundColor: "var(--bg)", color: "var(--fg)", border: "1px solid var(--line)", borderRadius: "8px", overflow: "hidden"},
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {backgroundColor: "var(--accent)", color: "var(--on-accent)"},
})

// An editor in `host`, which gets a shadow root. `sdl` null: no schema is known.
export function openEditor(host, {text, sdl, label, onChange, onRun}) {
  const root = host.shadowRoot ?? host.attachShadow({mode: "open"})
  const schema = sdl === null ? undefined : buildSchema(sdl, {assumeValid: true})
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), autocompletion({icons: false}), highlightActiveLine(), lintGutter(), colours, look,
      graphql(schema),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({"aria-label": label, spellcheck: "false"}),
      keymap.of([{key: "Mod-Enter", run: () => (onRun(), true)}, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
    ],
  })
  const view = new EditorView({state, parent: root, root})
  return {
    learn: (text) => updateSchema(view, buildSchema(text, {assumeValid: true})),
    put: (text) => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}}),
    close: () => view.destroy(),
  }
}
