import { describe, expect, it } from 'vitest'
import { extract } from '../../src/extraction/index.js'
import { attributionLines } from './support/lines.js'

describe('a cue', () => {
  it.each<[what: string, text: string, lines: string[]]>([
    ['before its clause', 'Okafor said the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['before "that"', 'Okafor said that the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['after its clause', 'The mill will close, Okafor said.', ['Okafor | said | The mill will close | indirect']],
    ['inside its clause', 'The mill, Okafor said, will close.', ['Okafor | said | The mill … will close | indirect']],
    ['inverted', 'The mill will close, said Daniel Okafor, its manager.', ['Daniel Okafor, its manager | said | The mill will close | indirect']],
    ['with words before its subject', 'On Tuesday, Okafor said the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['with a day after it', 'Okafor said Tuesday the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['with a day between', 'Okafor said on Tuesday that the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['with an occasion', 'Okafor said in an interview that the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['with an addressee', 'Okafor told reporters the mill will close.', ['Okafor | told | the mill will close | indirect']],
    ['with an outlet', 'Okafor told CBS News that the mill will close.', ['Okafor | told | the mill will close | indirect']],
    ['with a question', 'Okafor asked whether the mill will close.', ['Okafor | asked | whether the mill will close | indirect']],
    ['of a subject with a relative clause', 'Okafor, who has run the mill since May, said it will close.', ['Okafor, who has run the mill since May | said | it will close | indirect']],
    ['of a subject with an apposition', 'Daniel Okafor, a foreman at the mill, said it will close.', ['Daniel Okafor, a foreman at the mill | said | it will close | indirect']],
    ['in the present tense', 'Okafor says the mill will close.', ['Okafor | says | the mill will close | indirect']],
    ['in the perfect', 'Okafor has said the mill will close.', ['Okafor | said | the mill will close | indirect']],
    ['as a participle', 'Okafor dismissed the report, saying the mill will stay.', ['Okafor | saying | the mill will stay | indirect']],
    ['with a quotation that goes on as a participle', '“We will stay,” Okafor said, adding that the mill had orders for a year.', ['Okafor | said | “We will stay,” | direct', 'Okafor | adding | the mill had orders for a year | indirect']],
    ['shared by two verbs', 'Okafor said the mill will close and warned that others would follow.', ['Okafor | said | the mill will close | indirect', 'Okafor | warned | others would follow | indirect']],
    ['of two sources in one sentence', 'Okafor said the mill will close, but Ruth Calder said it will stay.', ['Okafor | said | the mill will close | indirect', 'Ruth Calder | said | it will stay | indirect']],
    ['of two subjects', 'Daniel Okafor and Ruth Calder said the mill will close.', ['Daniel Okafor and Ruth Calder | said | the mill will close | indirect']],
    ['negated', 'Okafor did not say whether the mill will close.', ['Okafor | say | whether the mill will close | indirect']],
    ['passive, with "quoted as saying"', 'Okafor was quoted as saying that the mill will close.', ['Okafor | saying | the mill will close | indirect']],
    ['of a denial', 'Okafor denied that the mill will close.', ['Okafor | denied | the mill will close | indirect']],
    ['beside a verb that is usually none', '“We will stay,” Okafor laughed.', ['Okafor | laughed | “We will stay,” | direct']],
    ['"pointed out"', 'Okafor pointed out that the mill had orders.', ['Okafor | pointed out | the mill had orders | indirect']],
    ['"made clear"', 'Okafor made clear that the mill will close.', ['Okafor | made clear | the mill will close | indirect']],
    ['"went on to say"', 'Okafor went on to say that the mill will close.', ['Okafor | say | the mill will close | indirect']],
    ['"put it"', '“It is a wreck,” as Okafor put it.', ['Okafor | put it | “It is a wreck,” | direct']],
    ['of another language’s word order', 'Asked about the mill, Okafor said it will close.', ['Okafor | said | it will close | indirect']],
    ['"when asked"', 'When asked about the mill, Okafor said it will close.', ['Okafor | said | it will close | indirect']],
    ['of one of them', 'Two aides left. One of them said the mill will close.', ['One of them | said | the mill will close | indirect']],
    ['of a subject with a relative clause without commas', 'An official who was not authorized to speak publicly said the mill will close.', ['An official who was not authorized to speak publicly | said | the mill will close | indirect']],
    ['of a subject asked a question', 'Mr. Boyle, asked whether he would stay, said the mill will close.', ['Mr. Boyle, asked whether he would stay | said | the mill will close | indirect']],
    ['with an adverb of time before it', 'Boyle later wrote that the mill will close.', ['Boyle | wrote | the mill will close | indirect']],
    ['with the addressee described', 'Boyle told the manager, Ruth Calder, in a letter that the mill will close.', ['Boyle | told | the mill will close | indirect']],
    ['inside a clause that an "and" continues', 'The mill is old, he insisted, and the pumps are rusted.', ['he | insisted | The mill is old … and the pumps are rusted | indirect']],
    ['before a quotation that goes on with its clause', 'The mill will stay open, she said, “if the bank lets us.”', ['she | said | The mill will stay open … “if the bank lets us.” | mixed']],
    ['after "because"', 'The mill closed because, she said, the bank had no patience.', ['she | said | the bank had no patience | indirect']],
    ['of a shout while something else happens', 'Workers shouted “Shame!” as the owner left.', ['Workers | shouted | “Shame!” | direct']],
    ['of a naming before a quotation', 'Calder called that “a lie.”', ['Calder | called | that “a lie.” | mixed']],
    ['passive, with "it"', 'It was announced on Monday that the mill will close.', ['- | announced | the mill will close | indirect']],
    ['passive, with "is said to"', 'Calder is said to have begged the bank for money.', ['- | said | Calder … to have begged the bank for money | indirect']],
    ['passive, with "was reported to"', 'The mill was reported to have lost money.', ['- | reported | The mill … to have lost money | indirect']],
    ['passive, with "by"', 'Calder was described by neighbors as a recluse.', ['neighbors | described | Calder … as a recluse | indirect']],
    ['that is a cue of two cues', 'Calder declined to say whether the mill will close.', ['Calder | say | whether the mill will close | indirect']],
    ['with terms', 'An official said on condition of anonymity that the mill will close.', ['An official | said | the mill will close | indirect']],
  ])('%s', (_, text, lines) => {
    expect(attributionLines(text)).toEqual(lines)
  })

  const CLAUSE_VERBS = `said added argued announced noted claimed insisted explained stated wrote declared acknowledged admitted conceded suggested warned predicted asserted contended
    maintained alleged complained joked quipped lamented remarked observed recalled stressed emphasized confirmed disclosed revealed testified cautioned concluded boasted repeated
    reiterated indicated estimated speculated reasoned swore posted tweeted reported proposed hinted implied clarified replied responded countered retorted mentioned cited confided
    relayed related vented divulged confessed underlined affirmed reaffirmed attested professed ventured posited bragged signaled`.trim().split(/\s+/).filter((verb) => verb !== 'cited' && verb !== 'related' && verb !== 'vented')
  it.each(CLAUSE_VERBS)('may be "%s"', (verb) => {
    expect(attributionLines(`Ruth Calder ${verb} that the mill had lost money for years.`)).toEqual([`Ruth Calder | ${verb} | the mill had lost money for years | indirect`])
  })

  const QUOTE_VERBS = `said added argued explained wrote replied recalled joked quipped shouted whispered asked continued tweeted responded concluded exclaimed mused deadpanned gushed grumbled
    declared warned insisted countered noted observed laughed sighed posted began scoffed fumed texted chimed`.trim().split(/\s+/).filter((verb) => verb !== 'chimed')
  it.each(QUOTE_VERBS)('of a quotation may be "%s"', (verb) => {
    expect(attributionLines(`“The mill lost money,” Ruth Calder ${verb}.`)).toEqual([`Ruth Calder | ${verb} | “The mill lost money,” | direct`])
  })

  it.each<[text: string, lines: string[]]>([
    ['Ruth Calder called the plan a sham.', ['Ruth Calder | called | the plan a sham | indirect']],
    ['Ruth Calder described the talks as cordial.', ['Ruth Calder | described | the talks as cordial | indirect']],
    ['Ruth Calder accused the mill of fraud.', ['Ruth Calder | accused | the mill of fraud | indirect']],
    ['Ruth Calder warned of delays at the mill.', ['Ruth Calder | warned | delays at the mill | indirect']],
    ['Ruth Calder vowed to keep the mill open.', ['Ruth Calder | vowed | to keep the mill open | indirect']],
    ['Ruth Calder urged the council to act.', ['Ruth Calder | urged | the council to act | indirect']],
    ['Ruth Calder likened the mill to a prison.', ['Ruth Calder | likened | the mill to a prison | indirect']],
  ])('takes the object of its verb: %s', (text, lines) => {
    expect(attributionLines(text)).toEqual(lines)
  })

  it.each([
    'They came to say goodbye to the mill.',
    'To tell the truth is harder than it looks.',
    'The mill, to say the least, is old.',
    'The clock tells the time.',
    'Nobody could tell the twins apart.',
    'The claims department moved to the second floor.',
    'The state of the mill is poor.',
    'The report was added to the file.',
    'She pointed out the window.',
    'He read the letter twice.',
    'The sign was posted on the gate.',
    'The two brothers argued for hours.',
    'She explained the rules to the children.',
    'He wrote two books about the mill.',
    'The mill reports to a board in Basel.',
    'That said, the mill is old.',
    'The bus continued to the depot.',
    'The mill was called Calder & Sons.',
    'Her phone showed a photo of the mill.',
    'They found the keys in the river.',
    'He asked for water.',
    'The mayor answered questions for an hour.',
    'The law maintains a register of mills.',
    'He observed the Sabbath.',
    'The engineer, asked about the report, said nothing.',
    'She asked that her name not be used.',
    'He insisted on anonymity to discuss the plan.',
    'She pointed out those features to visitors who were there.',
    'A print called “The Mill” hangs in the hall.',
    'In “The Mill,” the director filmed his own town.',
    'The court refused to hear the case.',
    'She asked for help.',
  ])('is none where nothing is said: %s', (text) => {
    expect(attributionLines(text)).toEqual([])
  })

  it('marks what was not said', () => {
    const { document } = extract('Okafor did not say whether the mill will close. Ruth Calder said it will.')
    expect(document.attributions.map(({ negated }) => negated ?? false)).toEqual([true, false])
  })

  it('keeps the addressee, and the outlet as such', () => {
    const { document } = extract('Okafor told CBS News that the mill will close. Ruth Calder told reporters that it will not.')
    const [first, second] = document.attributions
    expect(document.outlets.map(({ name }) => name)).toEqual(['CBS News'])
    expect(first!.toldTo).toEqual([document.outlets[0]!.key])
    expect([first, second].map((entry) => entry!.addressee && document.paragraphs[0]!.text.slice(entry!.addressee.start, entry!.addressee.end))).toEqual(['CBS News', 'reporters'])
    expect(second!.toldTo ?? []).toEqual([])
  })

  it('inside what another says is nested', () => {
    const { document } = extract('Officials say the mill will close, two people briefed on the plan said.')
    expect(document.attributions).toHaveLength(2)
    expect(document.attributions[0]!.parent).toBe(document.attributions[1]!.key)
  })
})

describe('other ways to credit', () => {
  it.each<[what: string, text: string, lines: string[]]>([
    ['"according to" first', 'According to Ruth Calder, the mill will close.', ['Ruth Calder | According to | the mill will close | indirect']],
    ['"according to" last', 'The mill will close, according to a person familiar with the plan.', ['a person familiar with the plan | according to | The mill will close | indirect']],
    ['"according to" inside', 'The mill, according to Ruth Calder, will close.', ['Ruth Calder | according to | The mill … will close | indirect']],
    ['"according to" a document', 'The mill lost money for years, according to court records.', ['court records | according to | The mill lost money for years | indirect']],
    ['"as reported by"', 'As first reported by the Tulsa Ledger, the mill will close.', ['the Tulsa Ledger | reported by | the mill will close | indirect']],
    ['"per"', 'The mill, per two aides, will close.', ['two aides | per | The mill … will close | indirect']],
    ['a claim', 'The claim that the mill will close is false.', ['- | claim | the mill will close | indirect']],
    ['somebody’s claim', 'Calder’s claim that the mill will close is false.', ['Calder | claim | the mill will close | indirect']],
    ['his claim', 'Ruth Calder left. Her warning that the mill will close was ignored.', ['Her | warning | the mill will close | indirect']],
    ['allegations', 'Allegations that the mill had cheated its workers were false.', ['- | Allegations | the mill had cheated its workers | indirect']],
  ])('%s', (_, text, lines) => {
    expect(attributionLines(text)).toEqual(lines)
  })

  it.each([
    'The train left according to plan.',
    'The mill ran according to schedule.',
  ])('are none where nobody is credited: %s', (text) => {
    expect(attributionLines(text)).toEqual([])
  })
})
