export { createStory, type SaveResult, type Sources } from './save-story.js'
export { act, publishStory, type ActResult } from './lifecycle.js'
export { transitionTable, TRANSITIONS } from './transitions.js'
export { doWhatIsDue, startScheduler } from './scheduler.js'
