import type { StoryDocument } from '../document/index.js'
import { castAt } from './cast.js'
import { clockAt } from './clock.js'
import { bridgeAudit } from './stories/bridge-audit.js'
import { bridgeClosed } from './stories/bridge-closed.js'
import { bridgeWarnings } from './stories/bridge-warnings.js'
import { corvaneChief, corvaneCuts } from './stories/corvane.js'
import { haldenTrial } from './stories/halden-trial.js'
import { kelpForest } from './stories/kelp-forest.js'
import { marenzaAltoElFuego, marenzaCeasefire } from './stories/marenza.js'
import { museumMask } from './stories/museum-mask.js'
import { pentagonAnthropic } from './stories/pentagon-anthropic.js'
import { senatorTravel } from './stories/senator-travel.js'
import { signalsBreach } from './stories/signals-breach.js'
import { stormFerries, stormLive, stormPower } from './stories/storm-live.js'
import { levyPasses, levyPreview } from './stories/transit-levy.js'
import { buildStory, type DemoStory } from './story-builder.js'

/** A story stands after those that it follows, translates or belongs to, so that they can be imported in this order. */
const STORIES: readonly DemoStory[] = [
  bridgeClosed, bridgeWarnings, bridgeAudit,
  kelpForest,
  levyPreview, levyPasses,
  corvaneCuts, corvaneChief,
  signalsBreach, pentagonAnthropic,
  haldenTrial,
  marenzaCeasefire, marenzaAltoElFuego,
  museumMask,
  stormLive, stormFerries, stormPower,
  senatorTravel,
]

/**
 * The newsroom that ships with the product: every structure of the format in use, one story a draft, the others published within
 * the three weeks before `now`. The same for the same `now`.
 */
export function demoDocuments(now: Date): StoryDocument[] {
  const clock = clockAt(now)
  const newsroom = { clock, cast: castAt(clock) }
  return STORIES.map((story) => buildStory(story(newsroom), newsroom.cast))
}
