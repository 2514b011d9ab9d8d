/** The one shape. Pure: imports nothing of ours, no database, no GraphQL, no HTTP. */
export * from './enums.js'
export * from './schema.js'
export * from './limits.js'
export * from './parse.js'
export * from './text-range.js'
export { textProblem } from './scalars.js'
export { publicForm } from './public-form.js'
export * from './segments.js'
