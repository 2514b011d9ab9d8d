export { createStory, type SaveResult, type Sources } from './save-story.js'
export { publishStory, type PublishResult } from './publish-story.js'
