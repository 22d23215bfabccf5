// React's reconciler, two thirds of the text of the inner half, as a script of its own: it is run when
// something is shown for the first time (inner/parts.js). What it requires is the inner half's.
module.exports = require("react-reconciler")
