/** Findings of the newsroom's stories: computed, waived by editors, and in the way of publishing. GraphQL files are reached beside this door. */
export { Checker, CheckFailed, type CheckedRevision, type CheckedText } from './checker.js'
export { checkAhead, gate, type GateRefusal } from './gate.js'
export { profileFrom } from './profile-setting.js'
export { insertWaivers, WAIVER_REASONS, type StoredWaiver, type WaiverReason } from './waiver.store.js'
export { waivedStories } from './waived-stories.js'
export { FINDINGS_NOT_WAIVED, findingProblems } from './finding-problems.js'
