// The second script: what comes behind the first screen (base/later.js).
export {Overlays, Surface} from "./draw/index.jsx"
export {FlowPage, FlowPanel, FlowsPage} from "./flows/index.jsx"
export {inspectors} from "./inspect/index.jsx"
export {Palette} from "./workspace/palette.jsx"
export {places} from "./workspace/places.jsx"
export {History} from "./workspace/history.jsx"
export {Editor} from "./workspace/editor.jsx"
