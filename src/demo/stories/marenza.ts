import { headline, summary, write } from '../copy.js'
import type { DemoStory, Keyed } from '../story-builder.js'
import type { Clock } from '../clock.js'
import { lineageOf } from '../lineage.js'
import { onBackground, onRecord } from '../terms.js'
import { printed, unnamed } from '../unnamed.js'

const RUEDA_STATEMENT = 'Firmamos por los que caminaron hasta aquí. La paz empieza hoy con una firma, y no termina con ella.'

/** The ministry's words, in Spanish, on file for both language versions. */
const ministryStatement = (clock: Clock): Keyed<'statements'>[string] => ({
  lineage: lineageOf('statements', 'marenza-ceasefire'),
  issuer: 'marenza-foreign-ministry', spokesperson: { person: 'catalina-rueda' }, channel: 'PRESS_CONFERENCE', issuedAt: clock.day(5, '16:30'), url: 'https://cancilleria.example/discursos/firma', release: 'FULL',
  texts: [{ takenAt: clock.day(5, '17:00'), text: RUEDA_STATEMENT }],
})

const base = (clock: Clock) => ({
  desk: 'World', urgency: 2, timeZone: 'America/Bogota', dateline: { place: 'SAN AURELIO', date: clock.date(5) }, topics: ['conflict', 'politics'],
}) as const

/** A ceasefire, with translated quotes, an anonymous diplomat and a newspaper that saw the paper first. */
export const marenzaCeasefire: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Marenza and the Altiplano Front agree to a ceasefire'),
    summary('The truce begins at midnight. Both sides say the harder questions come next.'),
    'The government of Marenza and the Altiplano Front signed a ceasefire in San Aurelio, ending eleven months of fighting in the highlands.',
    '“Peace begins today with a signature,” Foreign Minister Catalina Rueda said after the ceremony, “and it does not end with one.”',
    'Ignacio Beltrán, who negotiated for the Front, said that its fighters would keep their weapons until the prisoners were free. “We did not come down from the mountain to be forgotten,” he said.',
    'The two delegations did not shake hands at the table, said a European diplomat who sat in the room and was not permitted to describe the session.',
    'Rueda told the delegations that the army would withdraw from three valleys within a month, the diplomat said.',
    'Monitors will arrive within ten days, Ingrid Solheim, the envoy of the Inter-American Mediation Council, told reporters.',
    'El Correo de San Aurelio, which published the text of the agreement, reported that a list of 214 prisoners is attached to it.',
    'Critics of the agreement said that it left the mines in the hands of the Front. The Foreign Ministry did not respond to questions about the mines.',
  ])
  const { at } = copy
  return {
    copy,
    ...base(clock),
    slug: 'marenza-ceasefire-signed',
    slugline: 'MARENZA-CEASEFIRE',
    bylines: ['theo-marchetti', { journalist: 'lena-ortiz', role: 'translation' }],
    providers: ['calder-courier', 'meridian-wire'],
    publication: { firstPublishedAt: clock.day(5, '17:40'), publishedAt: clock.day(5, '20:15'), version: 3 },
    events: {
      signing: { name: 'Signing of the ceasefire', visibility: 'PUBLIC', startsAt: clock.day(5, '16:00'), place: 'San Aurelio', range: at('the ceremony') },
      session: { name: 'Closed session before the signing', visibility: 'PRIVATE', startsAt: clock.day(5, '13:00'), place: 'San Aurelio', range: at('the session') },
    },
    records: { beltran: { kind: 'RECORDING', title: 'Beltrán after the signing, in Spanish', segments: [{ speaker: 'Ignacio Beltrán', startMs: 4_000, endMs: 9_500, text: 'No bajamos de la montaña para que nos olviden.' }] } },
    sources: {
      rueda: { kind: 'PERSON', person: 'catalina-rueda', title: 'Foreign Minister', organization: 'marenza-foreign-ministry' },
      beltran: { kind: 'PERSON', person: 'ignacio-beltran', title: 'Chief negotiator', organization: 'altiplano-front' },
      diplomat: unnamed(copy, 'a European diplomat who sat in the room', {
        basis: printed(copy, 'sat in the room'), reason: printed(copy, 'was not permitted to describe the session'), affiliation: printed(copy, 'a [European] diplomat'),
        agreed: { reason: 'Delegates agreed to silence.', grantedBy: 'theo-marchetti', approvals: [{ use: 'Account of the closed session', approvedBy: 'ruth-kessler', recordedBy: 'theo-marchetti', at: clock.day(5, '17:10'), knowsIdentity: true }] },
      }),
      solheim: { kind: 'PERSON', person: 'ingrid-solheim', title: 'Special envoy', organization: 'mediation-council' },
      correo: { kind: 'OUTLET', outlet: 'correo-san-aurelio' },
      critics: { kind: 'GROUP', name: 'critics of the agreement' },
    },
    says: {
      'rueda-signature': {
        source: 'rueda', content: ['“Peace begins today with a signature,”', '“and it does not end with one.”'], by: 'Foreign Minister Catalina Rueda', cue: 'said', occasion: 'signing', saidAt: { earliest: clock.day(5, '16:30'), range: at('after the ceremony') }, groundRules: onRecord,
        quote: { from: 'ministry', translation: { original: 'La paz empieza hoy con una firma, y no termina con ella.', language: 'es', translator: 'Lena Ortiz' } },
      },
      'beltran-weapons': { source: 'beltran', content: 'its fighters would keep their weapons until the prisoners were free', by: 'Ignacio Beltrán', cue: 'Front, [said]', groundRules: onRecord },
      'beltran-mountain': { source: 'beltran', content: '“We did not come down ... forgotten,”', by: '” [he]', cue: '” he [said]', antecedent: 'beltran-weapons', groundRules: onRecord, quote: { record: 'beltran', translation: { original: 'No bajamos de la montaña para que nos olviden.', language: 'es', translator: 'Lena Ortiz' } } },
      'diplomat-hands': { source: 'diplomat', content: 'The two delegations did not shake hands at the table', by: 'a European diplomat who sat in the room', cue: 'said', occasion: 'session', groundRules: onBackground },
      'diplomat-valleys': { source: 'diplomat', content: 'Rueda told the delegations ... within a month', by: 'the diplomat', cue: 'said', antecedent: 'diplomat-hands', occasion: 'session', groundRules: onBackground },
      'rueda-valleys': { source: 'rueda', content: 'the army would withdraw from three valleys within a month', by: 'Rueda', cue: 'told', to: 'the delegations', parent: 'diplomat-valleys', occasion: 'session' },
      'solheim-monitors': { source: 'solheim', content: 'Monitors will arrive within ten days', by: 'Ingrid Solheim', cue: 'told', to: 'reporters', groundRules: onRecord },
      'correo-prisoners': { source: 'correo', content: 'a list of 214 prisoners is attached to it', by: 'El Correo de San Aurelio', cue: 'reported' },
      'critics-mines': { source: 'critics', content: 'it left the mines in the hands of the Front', by: 'Critics of the agreement', cue: 'said' },
    },
    statements: { ministry: { ...ministryStatement(clock), attributions: ['rueda-signature'] } },
    outletCredits: { correo: { outlet: 'correo-san-aurelio', mention: at('El Correo de San Aurelio'), content: [at('a list of 214 prisoners is attached to it')], attribution: 'correo-prisoners', url: 'https://correo.example/acuerdo', publishedAt: clock.day(5, '15:20') } },
    requestsForComment: { ministry: { organization: 'marenza-foreign-ministry', askedBy: 'theo-marchetti', attempts: [{ at: clock.day(5, '18:00'), channel: 'EMAIL' }], outcome: 'NO_RESPONSE', outcomeLine: at('The Foreign Ministry did not respond to questions about the mines') } },
    claims: {
      truce: { text: 'A ceasefire has been signed.', kind: 'FACT', event: 'signing', occurrences: [at('Marenza and the Altiplano Front agree to a ceasefire'), at('The government of Marenza ... in San Aurelio')] },
      withdrawal: { text: 'The army leaves three valleys.', kind: 'FACT', holder: { organization: 'marenza-foreign-ministry' }, event: 'session', occurrences: ['rueda-valleys'] },
    },
  }
}

/** The same story in Spanish: here the quotes are the original words. */
export const marenzaAltoElFuego: DemoStory = ({ clock }) => {
  const copy = write([
    headline('Marenza y el Frente del Altiplano acuerdan un alto el fuego'),
    summary('La tregua empieza a medianoche. Ambas partes dicen que ahora viene lo más difícil.'),
    'El gobierno de Marenza y el Frente del Altiplano firmaron en San Aurelio un alto el fuego que pone fin a once meses de combates en la sierra.',
    '«La paz empieza hoy con una firma», dijo tras la ceremonia la canciller Catalina Rueda, «y no termina con ella».',
    'Ignacio Beltrán, negociador del Frente, dijo que los combatientes no entregarán las armas mientras haya presos. «No bajamos de la montaña para que nos olviden», agregó.',
    'Las dos delegaciones no se dieron la mano, contó un diplomático europeo presente en la sala, que no estaba autorizado a describir la sesión.',
    'El ejército saldrá de tres valles en el plazo de un mes, según el diplomático.',
    'El Correo de San Aurelio, que publicó el texto del acuerdo, informó de una lista anexa de 214 presos.',
  ])
  const { at } = copy
  return {
    copy,
    ...base(clock),
    slug: 'marenza-alto-el-fuego',
    language: 'es',
    translationOf: 'marenza-ceasefire-signed',
    bylines: ['theo-marchetti', { journalist: 'lena-ortiz', role: 'traducción' }],
    providers: ['calder-courier'],
    publication: { firstPublishedAt: clock.day(5, '20:45') },
    events: { signing: { name: 'Firma del alto el fuego', visibility: 'PUBLIC', startsAt: clock.day(5, '16:00'), place: 'San Aurelio', range: at('la ceremonia') } },
    records: { beltran: { kind: 'RECORDING', title: 'Beltrán tras la firma', segments: [{ speaker: 'Ignacio Beltrán', startMs: 4_000, endMs: 9_500, text: 'No bajamos de la montaña para que nos olviden.' }] } },
    sources: {
      rueda: { kind: 'PERSON', person: 'catalina-rueda', title: 'Canciller', organization: 'marenza-foreign-ministry' },
      beltran: { kind: 'PERSON', person: 'ignacio-beltran', title: 'Negociador', organization: 'altiplano-front' },
      diplomat: unnamed(copy, 'un diplomático europeo presente en la sala', {
        basis: printed(copy, 'presente en la sala'), reason: printed(copy, 'no estaba autorizado a describir la sesión'), affiliation: printed(copy, 'diplomático [europeo]'),
        agreed: { reason: 'Delegates agreed to silence.', grantedBy: 'theo-marchetti', approvals: [{ use: 'Account of the closed session', approvedBy: 'ruth-kessler', recordedBy: 'theo-marchetti', at: clock.day(5, '17:10'), knowsIdentity: true }] },
      }),
      correo: { kind: 'OUTLET', outlet: 'correo-san-aurelio' },
    },
    says: {
      'rueda-signature': { source: 'rueda', content: ['«La paz empieza hoy con una firma»', '«y no termina con ella»'], by: 'la canciller Catalina Rueda', cue: 'dijo', occasion: 'signing', groundRules: onRecord, quote: { from: 'ministry' } },
      'beltran-weapons': { source: 'beltran', content: 'los combatientes no entregarán las armas mientras haya presos', by: 'Ignacio Beltrán', cue: 'dijo', groundRules: onRecord },
      'beltran-mountain': { source: 'beltran', content: '«No bajamos de la montaña para que nos olviden»', cue: 'agregó', antecedent: 'beltran-weapons', groundRules: onRecord, quote: { record: 'beltran' } },
      'diplomat-hands': { source: 'diplomat', content: 'Las dos delegaciones no se dieron la mano', by: 'un diplomático europeo presente en la sala', cue: 'contó', groundRules: onBackground },
      'diplomat-valleys': { source: 'diplomat', content: 'El ejército saldrá de tres valles en el plazo de un mes', by: 'el diplomático', cue: 'según', antecedent: 'diplomat-hands', groundRules: onBackground },
      'correo-prisoners': { source: 'correo', content: 'de una lista anexa de 214 presos', by: 'El Correo de San Aurelio', cue: 'informó' },
    },
    statements: { ministry: { ...ministryStatement(clock), attributions: ['rueda-signature'] } },
  }
}
