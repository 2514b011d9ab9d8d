import type { StoryDocumentInput } from '../document/index.js'
import type { Clock } from './clock.js'

type Listed<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]> extends readonly (infer Entry)[] ? Entry : never
type Entries<K extends keyof StoryDocumentInput> = Readonly<Record<string, Omit<Listed<K>, 'key'>>>

/** Everybody whom the demo stories share, by key. */
export interface Cast {
  readonly people: Entries<'people'>
  readonly organizations: Entries<'organizations'>
  readonly outlets: Entries<'outlets'>
  readonly journalists: Entries<'journalists'>
}

const ORGANIZATIONS: Cast['organizations'] = {
  'city-of-calder-bay': { name: 'City of Calder Bay', aliases: ['City Hall', 'the city'] },
  'calder-bay-council': { name: 'Calder Bay City Council', aliases: ['City Council', 'the council'] },
  'public-works': { name: 'Calder Bay Department of Public Works', aliases: ['Public Works', 'the works department'] },
  'calder-bay-auditor': { name: 'Office of the Calder Bay City Auditor', aliases: ['the auditor’s office'] },
  'transit-riders-alliance': { name: 'Transit Riders Alliance' },
  'harbor-ferries': { name: 'Harbor Ferries' },
  'bayside-power': { name: 'Bayside Power', aliases: ['Bayside', 'the utility'] },
  'keel-and-ostrow': { name: 'Keel & Ostrow Engineering', aliases: ['Keel & Ostrow'] },
  'whitmore-university': { name: 'Whitmore University', aliases: ['Whitmore'] },
  'corvane-marine': { name: 'Corvane Marine', aliases: ['Corvane', 'the shipbuilder', 'Corvane Marine Holdings'] },
  'shipbuilders-local-88': { name: 'Shipbuilders Union Local 88', aliases: ['Local 88', 'the union'] },
  'tidewater-institute': { name: 'Tidewater Institute of Marine Research', aliases: ['Tidewater Institute'] },
  'state-fisheries-office': { name: 'State Fisheries Office', aliases: ['the fisheries office'] },
  'halden-biologics': { name: 'Halden Biologics', aliases: ['Halden'] },
  'medicines-review-board': { name: 'Medicines Review Board', aliases: ['the review board'] },
  'state-senate': { name: 'State Senate', aliases: ['the Senate'] },
  'marenza-foreign-ministry': { name: 'Ministry of Foreign Affairs of Marenza', aliases: ['the Foreign Ministry', 'the government in San Aurelio'] },
  'altiplano-front': { name: 'Altiplano Front', aliases: ['Frente del Altiplano', 'the Front'] },
  'mediation-council': { name: 'Inter-American Mediation Council', aliases: ['the Mediation Council'] },
  'signals-directorate': { name: 'National Signals Directorate', aliases: ['NSD', 'the directorate', 'the signals agency'] },
  'trellis-systems': { name: 'Trellis Systems', aliases: ['Trellis'] },
  'defense-department': { name: 'Department of Defense', aliases: ['Defense Department', 'Pentagon', 'the military'] },
  'anthropic': { name: 'Anthropic' },
  'xai': { name: 'xAI' },
  'boeing': { name: 'Boeing' },
}

const OUTLETS: Cast['outlets'] = {
  'calder-courier': { name: 'The Calder Courier', url: 'https://courier.example/' },
  'meridian-wire': { name: 'Meridian Wire', url: 'https://meridian.example/' },
  'bay-public-radio': { name: 'Bay Public Radio', url: 'https://bayradio.example/' },
  'correo-san-aurelio': { name: 'El Correo de San Aurelio', url: 'https://correo.example/' },
  'cbs-news': { name: 'CBS News' },
  'axios': { name: 'Axios' },
}

const JOURNALISTS: Cast['journalists'] = {
  'nadia-brooks': { name: 'Nadia Brooks' },
  'sam-whitfield': { name: 'Sam Whitfield' },
  'lena-ortiz': { name: 'Lena Ortiz' },
  'theo-marchetti': { name: 'Theo Marchetti' },
  'amara-singh': { name: 'Amara Singh' },
  'paul-denham': { name: 'Paul Denham' },
  'ruth-kessler': { name: 'Ruth Kessler' },
}

/** People move between offices while the demo stories happen, so that their titles depend on the day. */
export function castAt(clock: Clock): Cast {
  const people: Cast['people'] = {
    'maria-okafor': {
      name: 'Maria Okafor', aliases: ['Okafor'], affiliations: [
        { organization: 'public-works', title: 'Deputy Public Works Director', from: '2019-04-01', to: clock.date(15) },
        { organization: 'public-works', title: 'Acting Public Works Director', from: clock.date(15) },
      ],
    },
    'daniel-holt': { name: 'Daniel Holt', aliases: ['Mayor Holt'], affiliations: [{ organization: 'city-of-calder-bay', title: 'Mayor', from: '2022-01-03' }] },
    'priya-raman': { name: 'Priya Raman', affiliations: [{ organization: 'calder-bay-auditor', title: 'City Auditor', from: '2020-07-01' }] },
    'tomas-lindqvist': { name: 'Tomas Lindqvist', affiliations: [{ organization: 'whitmore-university', title: 'Professor of structural engineering' }] },
    'june-castellano': { name: 'June Castellano', affiliations: [{ organization: 'calder-bay-council', title: 'Chair of the transportation committee' }] },
    'walter-adeyemi': { name: 'Walter Adeyemi', affiliations: [{ organization: 'calder-bay-council', title: 'Council member' }] },
    'carla-minch': { name: 'Carla Minch', affiliations: [{ organization: 'transit-riders-alliance', title: 'Director' }] },
    'ellen-ostrow': { name: 'Ellen Ostrow', affiliations: [{ organization: 'keel-and-ostrow', title: 'Managing partner' }] },
    'ben-kowalczyk': { name: 'Ben Kowalczyk', affiliations: [{ organization: 'harbor-ferries', title: 'Operations chief' }] },
    'helen-brandt': { name: 'Helen Brandt', affiliations: [{ organization: 'corvane-marine', title: 'Chief executive', from: '2016-09-01', to: clock.date(4) }] },
    'marcus-tully': {
      name: 'Marcus Tully', aliases: ['Tully'], affiliations: [
        { organization: 'corvane-marine', title: 'Chief financial officer', from: '2018-02-01', to: clock.date(4) },
        { organization: 'corvane-marine', title: 'Interim chief executive', from: clock.date(4) },
      ],
    },
    'rosa-pike': { name: 'Rosa Pike', affiliations: [{ organization: 'shipbuilders-local-88', title: 'President' }] },
    'elias-nakamura': { name: 'Elias Nakamura', affiliations: [{ organization: 'tidewater-institute', title: 'Marine ecologist' }] },
    'sunita-verghese': { name: 'Sunita Verghese', aliases: ['Dr. Verghese'], affiliations: [{ organization: 'halden-biologics', title: 'Chief medical officer' }] },
    'owen-farrow': {
      name: 'Owen Farrow', affiliations: [
        { organization: 'medicines-review-board', title: 'Board member', from: '2012-05-01', to: '2021-04-30' },
        { organization: 'whitmore-university', title: 'Professor of public health', from: '2021-09-01' },
      ],
    },
    'leonard-pruitt': { name: 'Leonard Pruitt', affiliations: [{ organization: 'state-senate', title: 'State senator', from: '2015-01-05' }] },
    'catalina-rueda': { name: 'Catalina Rueda', affiliations: [{ organization: 'marenza-foreign-ministry', title: 'Foreign Minister' }] },
    'ignacio-beltran': { name: 'Ignacio Beltrán', aliases: ['Comandante Beltrán'], affiliations: [{ organization: 'altiplano-front', title: 'Chief negotiator' }] },
    'ingrid-solheim': { name: 'Ingrid Solheim', affiliations: [{ organization: 'mediation-council', title: 'Special envoy' }] },
    'grace-olumide': { name: 'Grace Olumide', affiliations: [{ organization: 'signals-directorate', title: 'Director' }] },
    'pete-hegseth': { name: 'Pete Hegseth', aliases: ['Hegseth'], affiliations: [{ organization: 'defense-department', title: 'Defense Secretary' }] },
    'dario-amodei': { name: 'Dario Amodei', aliases: ['Amodei'], affiliations: [{ organization: 'anthropic', title: 'CEO' }] },
    'elon-musk': { name: 'Elon Musk', affiliations: [{ organization: 'xai', title: 'owner' }] },
  }
  return { people, organizations: ORGANIZATIONS, outlets: OUTLETS, journalists: JOURNALISTS }
}

const CITED_UNDER: Readonly<Record<string, keyof Cast>> = {
  person: 'people', organization: 'organizations', issuer: 'organizations',
  outlet: 'outlets', heldBy: 'outlets', toldTo: 'outlets', providers: 'outlets',
  journalist: 'journalists', askedBy: 'journalists', grantedBy: 'journalists', approvedBy: 'journalists', recordedBy: 'journalists',
}

/** The members of the cast that a document names, in the order in which it names them. */
export function citedIn(document: object, cast: Cast, also: { readonly people?: readonly string[]; readonly organizations?: readonly string[] } = {}) {
  const cited = { people: new Set(also.people), organizations: new Set(also.organizations), outlets: new Set<string>(), journalists: new Set<string>() }
  collect(document)
  for (const key of cited.people) for (const { organization } of cast.people[key]?.affiliations ?? []) cited.organizations.add(organization)
  return { people: entries('people'), organizations: entries('organizations'), outlets: entries('outlets'), journalists: entries('journalists') }

  function collect(value: unknown, field = ''): void {
    const kind = CITED_UNDER[field]
    if (typeof value === 'string' && kind) cited[kind].add(value)
    else if (Array.isArray(value)) for (const entry of value) collect(entry, field)
    else if (typeof value === 'object' && value !== null) for (const [name, entry] of Object.entries(value)) collect(entry, name)
  }

  function entries<K extends keyof Cast>(kind: K): object[] {
    return [...cited[kind]].map((key) => {
      const entry = cast[kind][key]
      if (!entry) throw new RangeError(`The cast has no "${key}" among its ${kind}`)
      return { key, ...entry }
    })
  }
}

/** IPTC Media Topics, https://cv.iptc.org/newscodes/mediatopic/. */
const TOPICS = {
  arts: ['medtop:01000000', 'arts, culture, entertainment and media'],
  crime: ['medtop:02000000', 'crime, law and justice'],
  disaster: ['medtop:03000000', 'disaster, accident and emergency incident'],
  economy: ['medtop:04000000', 'economy, business and finance'],
  education: ['medtop:05000000', 'education'],
  environment: ['medtop:06000000', 'environment'],
  health: ['medtop:07000000', 'health'],
  labour: ['medtop:09000000', 'labour'],
  politics: ['medtop:11000000', 'politics and government'],
  science: ['medtop:13000000', 'science and technology'],
  conflict: ['medtop:16000000', 'conflict, war and peace'],
  weather: ['medtop:17000000', 'weather'],
} as const satisfies Record<string, readonly [code: string, name: string]>
export type TopicName = keyof typeof TOPICS

export function topicOf(name: TopicName): { code: string; name: string } {
  const [code, title] = TOPICS[name]
  return { code, name: title }
}
