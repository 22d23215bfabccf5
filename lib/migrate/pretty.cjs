// Formats texts with the prettier that the app's packages bring, and the app's own configuration.
// stdin, one line: {"from": [folders], "files": [{"path", "text"}]}; stdout: {"version", "texts": [text or
// null]}, or {} where there is no prettier.
"use strict"
const path = require("node:path")
const {createRequire} = require("node:module")
const readline = require("node:readline")

function find(folders) {
	for (const folder of folders) {
		try {
			return createRequire(path.join(folder, "x.js"))("prettier")
		} catch {
			// The next one.
		}
	}
	return null
}

async function format(prettier, {path: filepath, text}) {
	try {
		const options = await prettier.resolveConfig(filepath, {editorconfig: false})
		return await prettier.format(text, {...options, filepath})
	} catch {
		return null
	}
}

async function answer(line) {
	const {from, files} = JSON.parse(line)
	const prettier = find(from)
	if (prettier === null) return {}
	const texts = []
	for (const file of files) texts.push(await format(prettier, file))
	return {version: prettier.version, texts}
}

const lines = readline.createInterface({input: process.stdin})
lines.once("line", async (line) => {
	process.stdout.write(JSON.stringify(await answer(line)), () => process.exit(0))
})
