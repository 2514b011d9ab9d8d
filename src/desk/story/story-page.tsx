import { useEffect } from 'react'
import { Link } from '../address'
import { useAsked } from '../ask'
import { OpenStoryDocument } from '../generated/graphql'
import { OpenedStory } from './opened-story'

export function StoryPage({ slug }: { readonly slug: string }) {
  const { data, refused, replace, again } = useAsked(OpenStoryDocument, { slug })
  const story = data?.story
  const headline = story?.document.paragraphs.find(({ role }) => role === 'HEADLINE')?.text ?? slug
  useEffect(() => { document.title = `${headline} – Onrecord desk` }, [headline])
  if (refused && !story) return <section className="empty"><h1>The story cannot be shown</h1><p>{refused.message}</p><p><button type="button" onClick={again}>Try again</button></p></section>
  if (!data) return <p className="empty" role="status">Opening the story …</p>
  if (!story) return <section className="empty"><h1>There is no such story</h1><p>Nothing called “{slug}” is here. <Link to="/">All stories</Link></p></section>
  return <OpenedStory story={story} onChange={(changed) => replace({ ...data, story: changed })} />
}
