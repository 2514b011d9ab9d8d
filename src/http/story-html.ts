import { createHash } from 'node:crypto'
import type { StoryPage, TombstonePage } from './story-query.js'

const STYLE = 'body{font:1.1rem/1.6 Georgia,serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}h1{line-height:1.2}.note{border-left:.3rem solid #b00020;padding-left:1rem}.small,figcaption,footer{font-size:.9rem;color:#555}dt{margin-top:1rem}dd{margin-left:1rem}'

/** A page runs nothing, loads nothing and sends nothing, whatever a story says. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function text(words: string): string {
  return words.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

const many = <T>(entries: readonly T[], html: (entry: T) => string) => entries.map(html).join('\n')
const day = (instant: string) => `<time datetime="${text(instant)}">${text(instant.slice(0, 16).replace('T', ' '))} UTC</time>`
const addressOf = (slug: string) => `/stories/${encodeURIComponent(slug)}`
const named = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => text(name)).join(', ')

function page(title: string, language: string, head: string, body: string): string {
  return `<!doctype html>\n<html lang="${text(language)}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${text(title)}</title>\n${head}<style>${STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`
}

/** The story, and below it who said what. `superseded` is the version that whoever reads it followed a link to. */
export function storyHtml(story: StoryPage, superseded: number | undefined): string {
  const title = story.headline ?? story.slug
  const credited = [...story.bylines.map(({ name, role }) => (role === null ? name : `${name} (${role})`)), ...story.providers.map(({ name }) => name)].join(', ')
  const updated = story.publishedAt === story.firstPublishedAt ? '' : `, updated ${day(story.publishedAt)}`
  return page(title, story.language, `<link rel="canonical" href="${addressOf(story.slug)}">\n`, `<article>
${superseded === undefined ? '' : `<p class="note">You followed a link to version ${superseded} of this story. It is superseded; this is version ${story.version}.</p>\n`}${embargoHtml(story)}${many(story.corrections, ({ kind, explanation, at }) => `<p class="note"><strong>${kind === 'CORRECTION' ? 'Correction' : 'Clarification'}</strong>, ${day(at)}: ${text(explanation)}</p>`)}
<h1>${text(title)}</h1>
<p class="small">${text(credited)}${credited === '' ? '' : ' · '}${day(story.firstPublishedAt)}${updated} · version ${story.version}</p>
${many(story.paragraphs.filter(({ role }) => role !== 'HEADLINE'), paragraphHtml)}
</article>
<section>
<h2>Who said what</h2>
<dl>
${many(story.attributions, (attribution) => attributionHtml(story, attribution))}
</dl>
</section>
${statementsHtml(story)}<footer>
${many(relationsOf(story), ([what, { slug, headline }]) => `<p>${what} <a href="${addressOf(slug)}">${text(headline ?? slug)}</a></p>`)}
<p>${text(story.desk)}${story.topics.length > 0 ? ` · ${named(story.topics)}` : ''}</p>
</footer>`)
}

function embargoHtml({ embargo }: StoryPage): string {
  if (!embargo) return ''
  return `<p class="note"><strong>Under embargo</strong> ${embargo.until === null ? 'until it is lifted' : `until ${day(embargo.until)}`}: do not publish before.${embargo.terms === null ? '' : ` ${text(embargo.terms)}`}</p>\n`
}

function paragraphHtml({ role, text: words }: { readonly role: string; readonly text: string }): string {
  if (role === 'CAPTION') return `<p class="small">${text(words)}</p>`
  if (role === 'SUMMARY') return `<p><strong>${text(words)}</strong></p>`
  return role === 'BODY' ? `<p>${text(words)}</p>` : `<p class="note">${text(words)}</p>`
}

function attributionHtml({ sources }: StoryPage, { text: words, source, toldTo, quotes }: StoryPage['attributions'][number]): string {
  const who = sources.find(({ key }) => key === source?.key)
  const about = [who?.title, who?.organization?.name].filter((part) => part).join(', ')
  const anonymous = who?.kind === 'ANONYMOUS'
    ? ['The source is not named', who.reason && `: ${who.reason.text}`, who.basis && `. How they know: ${who.basis.text}`, who.terms && `. Terms: ${who.terms.text}`].filter((part) => part).join('')
    : ''
  const standing = [...new Set(quotes.map((quote) => quote.standing))].filter((each) => each !== 'STANDS')
  return `<dt>${text(who?.label ?? 'Credited to nobody in particular')}${about === '' ? '' : ` <span class="small">(${text(about)})</span>`}${toldTo.length > 0 ? ` <span class="small">told ${named(toldTo)}</span>` : ''}</dt>
<dd>${text(words)}${many(standing, (each) => ` <strong>(${text(each.toLowerCase())})</strong>`)}${anonymous === '' ? '' : `<br><span class="small">${text(anonymous)}.</span>`}</dd>`
}

function statementsHtml({ officialStatements }: StoryPage): string {
  if (officialStatements.length === 0) return ''
  return `<section>\n<h2>Official statements</h2>\n${many(officialStatements, ({ issuer, spokesperson, spokespersonDescriptor, issuedAt, url, fullText }) => {
    const voice = spokesperson?.name ?? spokespersonDescriptor
    const link = url !== null && /^https?:\/\//i.test(url) ? ` <a href="${text(url)}" rel="nofollow noopener">Source</a>` : ''
    return `<p><strong>${text(issuer.name)}</strong>${voice === null ? '' : `, ${text(voice)}`}${issuedAt === null ? '' : `, ${day(issuedAt)}`}.${link}</p>${fullText === null ? '' : `\n<blockquote>${text(fullText)}</blockquote>`}`
  })}\n</section>\n`
}

function relationsOf({ evolvedFrom, translationOf, parent }: StoryPage): (readonly [string, NonNullable<StoryPage['parent']>])[] {
  return ([['Follows', evolvedFrom], ['Translates', translationOf], ['Part of', parent]] as const).flatMap(([what, story]) => (story ? [[what, story] as const] : []))
}

const REMOVED: Readonly<Record<string, string>> = {
  HELD: 'This story is withheld while we check it. It may come back.', WITHDRAWN: 'This story was withdrawn. Take down what you used of it.',
  KILLED: 'This story was killed. Take down what you used of it, and say so.', UNPUBLISHED: 'This story was taken down here.',
}

/** What is said in its place. */
export function tombstoneHtml({ reason, removedAt, advisory, replacedBy }: TombstonePage): string {
  return page('This story is gone', 'en', '', `<h1>This story is gone</h1>
<p class="note">${REMOVED[reason] ?? ''} (${text(reason)}, ${day(removedAt)})</p>${advisory === null ? '' : `\n<p>${text(advisory)}</p>`}${replacedBy ? `\n<p>In its place: <a href="${addressOf(replacedBy.slug)}">${text(replacedBy.headline ?? replacedBy.slug)}</a></p>` : ''}`)
}

/** A page that says one thing. */
export function noteHtml(title: string, says: string, link?: string): string {
  return page(title, 'en', '', `<h1>${text(title)}</h1>\n<p>${text(says)}</p>${link === undefined ? '' : `\n<p><a href="${text(link)}">${text(link)}</a></p>`}`)
}
