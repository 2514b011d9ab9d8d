import { connectionType } from '../graphql/connection.js'
import { Story } from './story.types.js'

export const StoryConnection = connectionType<Story>('Story', () => Story)
