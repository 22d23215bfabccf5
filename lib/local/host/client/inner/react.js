// React for the whole inner half: the bundler copies what each file that imports the package gets of it.
import React from "react"

export default React
