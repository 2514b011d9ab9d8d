import { importProblems, sourceFiles } from './import-direction.js'

const problems = importProblems(sourceFiles())
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1
