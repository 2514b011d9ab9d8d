export { rootOf, type Refused } from './edit-register.js'
export { Register, type Entry, type Kind } from './register.js'
