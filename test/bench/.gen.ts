import { story } from '../support/documents.js'
const [,, from, to] = process.argv
for (let n = Number(from); n <= Number(to); n += 1) console.log(JSON.stringify(story(n)))
