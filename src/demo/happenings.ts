import type { StoryDocument } from '../document/index.js'
import type { Action, ActDetails, ParagraphEdit } from '../stories/index.js'
import { castAt } from './cast.js'
import { clockAt } from './clock.js'
import { bridgeSale, drainCount, landingReopens, powerRates, tideGauge } from './stories/moved-on.js'
import { buildStory, type DemoStory } from './story-builder.js'

/** One thing that the desk did with a story. */
export type Step =
  | { readonly at: Date; readonly by: string; readonly edit: readonly ParagraphEdit[] }
  | { readonly at: Date; readonly by: string; readonly act: Action; readonly details: ActDetails }

export interface Happening { readonly document: StoryDocument; readonly steps: readonly Step[] }

/** Stories with a past: five revisions, a correction, a hold, a kill, an embargo that lasts three months from `now`. */
export function demoHappenings(now: Date): Happening[] {
  const clock = clockAt(now)
  const cast = castAt(clock)
  const at = (daysAgo: number, time: string) => new Date(clock.day(daysAgo, time))
  const append = (paragraph: number, text: string): ParagraphEdit => ({ at: paragraph, remove: 0, insert: [{ role: 'BODY', text }] })
  const happening = (story: DemoStory, steps: (document: StoryDocument) => readonly Step[]): Happening => {
    const document = buildStory(story({ clock, cast }), cast)
    return { document, steps: steps(document) }
  }
  return [
    happening(landingReopens, () => [
      { at: at(19, '11:00'), by: 'Lena Ortiz', edit: [append(4, 'The landing has been closed since the storm.')] },
      { at: at(19, '11:20'), by: 'Lena Ortiz', edit: [append(5, 'Until then all boats leave from the west pier.')] },
      { at: at(19, '11:30'), by: 'Sam Whitfield', act: 'UPDATE', details: {} },
      { at: at(19, '14:00'), by: 'Lena Ortiz', edit: [{ at: 0, remove: 1, insert: [{ role: 'HEADLINE', text: 'East landing to reopen with stronger pilings' }] }] },
      { at: at(19, '14:30'), by: 'Lena Ortiz', edit: [append(6, 'The work begins on Monday and is paid for by the ferry line.')] },
      { at: at(19, '15:00'), by: 'Sam Whitfield', act: 'UPDATE', details: {} },
    ]),
    happening(drainCount, (document) => {
      const text = document.paragraphs[2]!.text
      const start = text.indexOf('410')
      return [
        { at: at(17, '09:00'), by: 'Lena Ortiz', edit: [{ at: 2, remove: 1, insert: [{ role: 'BODY', text: text.replace('410', '310') }] }] },
        {
          at: at(17, '09:30'), by: 'Sam Whitfield', act: 'CORRECT',
          details: { correction: { explanation: 'An earlier version gave the number of cleared drains as 410. It is 310.', wrong: { paragraph: 2, start, end: start + 3 }, right: { paragraph: 2, start, end: start + 3 } } },
        },
      ]
    }),
    happening(powerRates, () => [{ at: at(15, '10:00'), by: 'Sam Whitfield', act: 'HOLD', details: { removal: { advisory: 'Please do not use this story while we check what the filing asks for.', reason: 'The utility says that the filing was withdrawn.' } } }]),
    happening(bridgeSale, () => [{ at: at(16, '12:00'), by: 'Sam Whitfield', act: 'KILL', details: { removal: { advisory: 'No sale is being weighed. Please take the story down wherever you used it.', reason: 'The council member spoke of another bridge; nobody called the city.' } } }]),
    happening(tideGauge, () => [
      { at: at(2, '09:00'), by: 'Sam Whitfield', act: 'EMBARGO', details: { embargo: { until: new Date(now.getTime() + 90 * 86_400_000), terms: 'Agreed with the institute: not before its own publication.' } } },
      { at: at(1, '09:00'), by: 'Sam Whitfield', act: 'PUBLISH', details: {} },
    ]),
  ]
}
