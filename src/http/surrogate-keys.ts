import { globalId } from '../graphql/global-id.js'

/** The key of every answer that is not about certain stories alone: any change may change it. */
export const ALL_STORIES = 'stories'

/** More keys than this would fill the head of an answer, which proxies bound; then it goes with any change. */
const MOST_KEYS = 25

/**
 * By what a cache in front may forget an answer that it shares: the public ids of the stories in it, and, where the answer is not that of
 * one story's address, the key of all. Of what the answer does not show there is none.
 */
export function surrogateKeys(storyIds: Iterable<string>, isPage: boolean): string[] {
  const stories = [...storyIds].toSorted().map((id) => globalId('Story', id))
  const isFew = stories.length > 0 && stories.length <= MOST_KEYS
  return [...(isFew ? stories : []), ...(isPage && isFew ? [] : [ALL_STORIES])]
}
