import type { Clock } from './clock.js'
import { lineageOf } from './lineage.js'
import type { Keyed } from './story-builder.js'

type Statement = Keyed<'statements'>[string]

/** Statements that more than one story quotes: one lineage, the same words on file in each. */
export const corvaneLayoffs = (clock: Clock): Statement => ({
  lineage: lineageOf('statements', 'corvane-layoffs'),
  issuer: 'corvane-marine',
  spokesperson: { person: 'helen-brandt' },
  channel: 'PRESS_RELEASE',
  issuedAt: clock.day(10, '11:00'),
  url: 'https://corvane.example/news/yard-restructuring',
  texts: [
    { takenAt: clock.day(10, '11:20'), text: 'Corvane Marine will end new construction at its Pier 9 yard. About 640 positions will be affected. No one will leave the yard without an offer of training, and every apprentice will finish at our expense.' },
    { takenAt: clock.day(10, '16:05'), text: 'Corvane Marine will end new construction at its Pier 9 yard. About 610 positions will be affected. No one will leave the yard without an offer of training, and every apprentice will finish at our expense. An earlier version of this release gave a different number of positions.' },
  ],
  release: 'FULL',
})

export const mayorOnStorm = (clock: Clock): Statement => ({
  lineage: lineageOf('statements', 'mayor-on-storm'),
  issuer: 'city-of-calder-bay',
  spokesperson: { person: 'daniel-holt' },
  channel: 'SOCIAL_MEDIA',
  issuedAt: clock.hoursAgo(10),
  url: 'https://social.example/@mayorholt/storm',
  texts: [{ takenAt: clock.hoursAgo(10), text: 'High water at Front Street is expected twice today. Stay off the sea wall, and keep the phone charged, and look in on whoever lives next door. 🌧️' }],
  release: 'FULL',
})
