import { marked as m, plain as p } from '../support/marked.js'
import { table } from '../support/table.js'

const secret = { events: [{ key: 'dinner', name: 'Dinner', visibility: 'PRIVATE' as const }] }
const quill = { people: { quill: { name: 'Ada Quill' } } }
const line = { organizations: { line: { name: 'Harbor Line' } } }

table('anonymous-opinion-or-speculation', {
  flagged: [
    m('{%c:The board is asleep%}, <s.x:a manager> ^said^.', { claims: { c: { kind: 'OPINION' } } }),
    m('{%c:The bank will fall by spring%}, <s.x:two traders> ^said^.', { claims: { c: { kind: 'SPECULATION' } } }),
    [p('The chairman is incompetent, a manager at the bank said.'), 'incompetent'],
    [p('The bank might sell its ships before spring, two people at the bank said.'), 'might sell'],
  ],
  fine: [
    m('{%c:The board is asleep%}, <p.quill:Ada Quill> ^said^.', { claims: { c: { kind: 'OPINION' } } }),
    m('{%c:The board met once%}, <s.x:a manager> ^said^.'),
    p('The chairman is expected to travel to Oslo on Monday, a manager at the bank said.'),
    p('The pumps are old and stand where a mistake may cost lives, an engineer at the plant said.'),
    p('The chairman was fined in May, a manager at the bank said.'),
  ],
})

table('anonymous-pejorative', {
  flagged: [
    m('{%c:Quill cannot be trusted%}, <s.x:a colleague> ^said^.', { ...quill, claims: { c: { kind: 'OPINION', disparages: true, target: { person: 'quill' } } } }),
    m('{%c:Harbor Line cheats its crews%}, <s.x:two sailors> ^said^.', { ...line, claims: { c: { kind: 'ALLEGATION', disparages: true, target: { organization: 'line' } } } }),
    p('Colleagues say that Mayor Ada Quill is corrupt, a council aide said.'),
  ],
  fine: [
    m('{%c:Quill missed nine votes%}, <s.x:a colleague> ^said^.', { ...quill, claims: { c: { target: { person: 'quill' } } } }),
    m('{%c:Quill cannot be trusted%}, <p.marsh:Edda Marsh> ^said^.', { ...quill, claims: { c: { kind: 'OPINION', disparages: true, target: { person: 'quill' } } } }),
    p('Mayor Ada Quill was late to the vote, a council aide said.'),
  ],
})

table('mind-reading-attribution', {
  flagged: [
    m('{%c:Quill wants the post%}, <s.x:a colleague> ^said^.', { ...quill, claims: { c: { holder: { person: 'quill' } } } }),
    m('{%c:Harbor Line fears a strike%}, <s.x:two sailors> ^said^.', { ...line, claims: { c: { holder: { organization: 'line' } } } }),
    p('Prime Minister Ada Quill fears a revolt in her party, an aide to a rival said.'),
  ],
  fine: [
    m('{%c:Quill asked for the post%}, <s.x:a colleague> ^said^.', { ...quill, claims: { c: { holder: { person: 'quill' } } } }),
    m('{%c:Quill wants the post%}, <p.quill:Ada Quill> ^said^.', { claims: { c: { holder: { person: 'quill' } } } }),
    m('{%c:Harbor Line fears a strike%}, <s.x:a manager> ^said^.', { ...line, sources: { x: { affiliation: { text: 'Harbor Line', organization: 'line' } } }, claims: { c: { holder: { organization: 'line' } } } }),
    p('Investigators believe that the fire began in the kitchen, one of the officials said.'),
  ],
})

table('undisclosed-voice', {
  flagged: [
    m('{%w:Quill wants a new bridge%}, <s.x:an engineer> ^said^. || {%o:The old one is a trap%}, <s.x:the engineer> ^said^.', { ...quill, claims: { w: { holder: { person: 'quill' } }, o: { kind: 'OPINION' } } }),
    m('{%w:Harbor Line refuses to pay%}, <s.x:a sailor> ^said^. || {%o:The ships will sink%}, <s.x:the sailor> ^said^.', { ...line, claims: { w: { holder: { organization: 'line' } }, o: { kind: 'SPECULATION' } } }),
    p('Governor Ada Quill wants a new reactor, one person at the meeting said. The old one is not reliable enough, the person said.'),
  ],
  fine: [
    m('{%w:Quill wants a new bridge%}, <s.x:an engineer> ^said^. || {%o:Quill calls the old one a trap%}, <s.x:the engineer> ^said^.', { ...quill, claims: { w: { holder: { person: 'quill' } }, o: { kind: 'OPINION', holder: { person: 'quill' } } } }),
    m('{%o:The old bridge is a trap%}, <s.x:an engineer> ^said^.', { claims: { o: { kind: 'OPINION' } } }),
    m('{%w:Quill wants a new bridge%}, <s.x:an engineer> ^said^. || {%o:The old one is a trap%}, <p.marsh:Edda Marsh> ^said^.', { ...quill, claims: { w: { holder: { person: 'quill' } }, o: { kind: 'OPINION' } } }),
  ],
})

table('claim-drift', {
  flagged: [
    [m('{The bank is %c~weighing:weighing% a sale}, <s.x:a director> ^said^. || {It has %c~agreed on:agreed on% a sale}, <s.x:the director> ^said^.'), 'agreed on'],
    m('{%c~some flights:Some flights% were cut}, <s.x:a pilot> ^said^. || {%c~most flights:Most flights% were cut}, <s.x:the pilot> ^said^.'),
    m('{Quill %c~advised:advised% the firm}, <p.marsh:Edda Marsh> ^said^. || {Quill %c~led:led% the firm}, <p.marsh:Marsh> ^said^.'),
  ],
  fine: [
    m('{The bank is %c~weighing:weighing% a sale}, <s.x:a director> ^said^. || {It has %c~agreed on:agreed on% a sale}, <p.quill:Ada Quill> ^said^.'),
    m('{The bank is %c~weighing:weighing% a sale}, <s.x:a director> ^said^. || {It has been %c~weighing:weighing% one since May}, <s.x:the director> ^said^.'),
    m('{The bank is %c:weighing% a sale}, <s.x:a director> ^said^. || {It has %c:agreed on% a sale}, <s.x:the director> ^said^.'),
  ],
})

table('precision-conflict', {
  flagged: [
    m('{The fire killed %c~12 people:12 people%}, <o.police:police> ^said^. || {The dead are %c~nine:nine%}, <o.police:police> ^said^ later.'),
    m('{He must pay by %c~Friday:Friday%}, <s.x:a clerk> ^said^. || He must pay by %c~the end of the week:the end of the week%.'),
    m('The bridge cost %c~$40 million:$40 million%. || It was built for %c~$38 million:$38 million%.'),
  ],
  fine: [
    m('{The fire killed %c~12 people:12 people%}, <o.police:police> ^said^. || {The %c~12:12% had slept}, <o.police:police> ^said^ later.'),
    m('{The fire killed %c~12 people:12 people%}, <o.police:police> ^said^. || {The dead are %c~nine:nine%}, <p.quill:Ada Quill> ^said^.'),
    m('The bridge cost %c~$40 million:$40 million%. || It took two years and %c~$40 million:$40 million%.'),
  ],
})

table('unattributed-restatement', {
  flagged: [
    [m('{%c:The plant will close%}, <s.x:two managers> ^said^.\n\n%c:The plant is closing%.'), 'The plant is closing'],
    m('# %c:Mayor took bribes%\n\n{%c:The mayor took bribes%}, <o.pros:prosecutors> ^said^.', { claims: { c: { kind: 'ALLEGATION' } } }),
    m('{%c:The ship carried arms%}, <s.x:a sailor> ^said^. || It rained. || %c:The ship carried arms% for months.'),
  ],
  fine: [
    m('{%c:The plant will close%}, <s.x:two managers> ^said^.\n\n{%c:The plant is closing%}, <s.x:the managers> ^said^.'),
    m('{%c:The plant will close%}, <s.x:two managers> ^said^.\n\n%c:The plant is closing%.', { documents: { notice: { title: 'Notice' } }, claims: { c: { documents: ['notice'] } } }),
    m('%c:The plant opened in 1911%. || {%c:It opened in 1911%}, <p.quill:Ada Quill> ^said^.'),
  ],
})

table('unattributed-private-event', {
  flagged: [
    m('%c:At a closed dinner, {<p.quill:Quill> ^told^ @:the auditor@ that the report would wait}%.'.replace('{<p.quill:Quill> ^told^ @:the auditor@ that the report would wait}', '<p.quill:Ada Quill> ^told^ @:the auditor@ {that the report would wait}'), { ...secret, says: { a1: { occasion: 'dinner' } }, claims: { c: { event: 'dinner' } } }),
    m('%c:The guests agreed to fire the coach%.', { ...secret, claims: { c: { event: 'dinner' } } }),
    p('After the vote failed, party officials debated whether to dismiss the whip. The party has 40 seats.'),
    p('In a private meeting on Sunday, Chancellor Ada Quill told Finance Minister Peter Marsh that the budget was dead.'),
  ],
  fine: [
    m('{%c:The guests agreed to fire the coach%}, <s.x:two people at the table> ^said^.', { ...secret, claims: { c: { event: 'dinner' } } }),
    m('%c:The guests agreed to fire the coach%.', { events: [{ key: 'session', name: 'Council session', visibility: 'PUBLIC' }], claims: { c: { event: 'session' } } }),
    p('At a news conference on Sunday, Chancellor Ada Quill told reporters that the budget was dead.'),
    p('After the vote failed, party officials debated whether to dismiss the whip, two people in the room said.'),
  ],
})

table('unattributed-continuation', {
  flagged: [
    m('%c:At a closed dinner, <p.quill:Ada Quill> ^told^ @:the auditor@ {that the fleet was sold}%. || %d:<p.quill:She> ^argued^ {that nobody would miss it}%.', { ...secret, says: { a1: { occasion: 'dinner' }, a2: { occasion: 'dinner' } }, claims: { c: { event: 'dinner' }, d: { event: 'dinner' } } }),
    m('{The club is broke}, <s.x:an agent> ^said^. || %c:Quill thinks the players should pay%.', { ...quill, claims: { c: { holder: { person: 'quill' } } } }),
    p('In a private meeting on Sunday, Chancellor Adam Quill told Finance Minister Peter Marsh that the budget was dead. He argued that nobody would miss it.'),
  ],
  fine: [
    m('{The club is broke}, <s.x:an agent> ^said^. || {%c:Quill thinks the players should pay%}, <s.x:the agent> ^said^.', { ...quill, claims: { c: { holder: { person: 'quill' } } } }),
    p('At a news conference on Sunday, Chancellor Adam Quill told reporters that the budget was dead. He argued that nobody would miss it.'),
    p('Chancellor Adam Quill said the budget was dead. He argued that nobody would miss it.'),
  ],
})

table('nested-attribution', {
  flagged: [
    m('{Officials say the dam is cracked}, <s.x:two engineers> ^said^. || <s.y:Officials> ^say^ {it leaks}.', { says: { a2: { parent: 'a1' } } }),
    p('But because officials say they are not sure the dam will hold, the town may be emptied, two engineers said.'),
    p('Aides say the king is ill, one diplomat said.'),
  ],
  fine: [
    m('{The dam is cracked}, <s.x:two engineers> ^said^.'),
    m('{Quill says the dam is cracked}, <s.x:two engineers> ^said^. || <p.quill:Ada Quill> ^says^ {it leaks}.', { says: { a2: { parent: 'a1' } } }),
    p('The dam is cracked, two engineers said. Officials say it will hold.'),
  ],
})

table('third-party-claim-without-response', {
  flagged: [
    m('{%c:Harbor Line has agreed to the levy%}, <s.x:a councillor> ^said^.', { ...line, claims: { c: { target: { organization: 'line' } } } }),
    m('{%c:Quill will vote for the levy%}, <s.x:two aides> ^said^.', { ...quill, claims: { c: { target: { person: 'quill' } } } }),
    m('{%c:Harbor Line has bought the pier%}, <s.x:a broker> ^said^. || {The pier is old}, <p.marsh:Edda Marsh> ^said^.', { ...line, claims: { c: { target: { organization: 'line' } } } }),
  ],
  fine: [
    m('{%c:Harbor Line has agreed to the levy%}, <s.x:a councillor> ^said^. || Harbor Line declined to comment.', { ...line, claims: { c: { target: { organization: 'line' } } } }),
    m('{%c:Harbor Line has agreed to the levy%}, <p.marsh:Edda Marsh> ^said^.', { ...line, claims: { c: { target: { organization: 'line' } } } }),
    m('{%c:Quill will vote for the levy%}, <s.x:two aides> ^said^. || {I am for it}, <p.quill:Ada Quill> ^said^.', { claims: { c: { target: { person: 'quill' } } } }),
  ],
})

table('missing-request-for-comment', {
  flagged: [
    m('{%c:Quill took money%}, <d.audit:the audit> ^says^.', { ...quill, claims: { c: { kind: 'ALLEGATION', target: { person: 'quill' } } } }),
    m('{%c:Harbor Line cheats%}, <p.marsh:Edda Marsh> ^said^.', { ...line, claims: { c: { kind: 'OPINION', disparages: true, target: { organization: 'line' } } } }),
    m('At a closed dinner, <p.quill:Ada Quill> ^told^ @:the auditor@ {that the report would wait}.', { ...secret, says: { a1: { occasion: 'dinner' } } }),
  ],
  fine: [
    m('{%c:Quill took money%}, <d.audit:the audit> ^says^. || Quill did not respond.', { ...quill, claims: { c: { kind: 'ALLEGATION', target: { person: 'quill' } } }, requests: [{ person: 'quill', outcome: 'NO_RESPONSE', line: 'Quill did not respond' }] }),
    m('{%c:Quill took money%}, <d.audit:the audit> ^says^. || {!“I took nothing,”} <p.quill:Ada Quill> ^said^.', { claims: { c: { kind: 'ALLEGATION', target: { person: 'quill' } } } }),
    m('{%c:Quill opened the pier%}, <d.audit:the audit> ^says^.', { ...quill, claims: { c: { target: { person: 'quill' } } } }),
  ],
})

const three = { a: { kind: 'ALLEGATION', target: { organization: 'line' } }, b: { kind: 'ALLEGATION', target: { organization: 'line' } }, c: { kind: 'ALLEGATION', target: { organization: 'line' } } }
const accused = '{%a:The line hid the leak%, %b:fired the mate% and %c:lost the log%}, <d.audit:the audit> ^says^.'
const statement = { statements: [{ key: 's', issuer: 'line', channel: 'WRITTEN_STATEMENT' as const, attributions: ['a2'] }] }
table('non-responsive-response', {
  flagged: [
    m(`${accused} || {!“We are proud of our ships,”} <o.line:Harbor Line> ^said^.`, { claims: three, ...statement }),
    m(`${accused} || {!“Safety comes first,”} <o.line:Harbor Line> ^said^ when asked.`, { claims: three, requests: [{ organization: 'line', outcome: 'ANSWERED', answeredBy: { attribution: 'a2' } }] }),
    m(`${accused} || <o.line:Harbor Line> ^said^ {it was founded in 1911}.`, { claims: three, ...statement }),
  ],
  fine: [
    m(`${accused} || {!“%a:We reported the leak% in May,”} <o.line:Harbor Line> ^said^.`, { claims: three, ...statement }),
    m('{%a:The line hid the leak%}, <d.audit:the audit> ^says^. || {!“We are proud of our ships,”} <o.line:Harbor Line> ^said^.', { claims: { a: three.a }, ...statement }),
    m(`${accused} || {!“We are proud of our ships,”} <p.quill:Ada Quill> ^said^.`, { ...line, claims: three }),
  ],
})

table('background-fact-needs-reference', {
  flagged: [
    m('%c:The yard won a $90 million contract in March 2019%.', { claims: { c: { kind: 'BACKGROUND' } } }),
    m('%c:The town had 12,400 voters in 2020%.', { claims: { c: { kind: 'BACKGROUND' } } }),
    p('The yard was awarded a $90 million contract by the navy in 2019. It employs three welders.'),
  ],
  fine: [
    m('%c:The yard won a $90 million contract in March 2019%.', { documents: { notice: { title: 'Award notice' } }, claims: { c: { kind: 'BACKGROUND', documents: ['notice'] } } }),
    m('%c:The yard stands on the east bank%.', { claims: { c: { kind: 'BACKGROUND' } } }),
    p('The yard was paid $90 million for the work, navy records show.'),
    p('The yard was paid $90 million, Ada Quill said.'),
  ],
})

table('superlative-without-source', {
  flagged: [
    p('The pier is the longest in the country. Harbor Line was the first operator to run electric ferries.'),
    m('The dam is the largest in the province.'),
    m('Quill became the youngest mayor of the port.'),
  ],
  fine: [
    m('{The dam is the largest in the province}, <p.quill:Ada Quill> ^said^.'),
    m('The mayor was the first to arrive. The dam is one of the largest in the province.'),
    m('%c:The dam is the largest in the province%.', { documents: { survey: { title: 'Survey' } }, claims: { c: { documents: ['survey'] } } }),
    m('Monday was the first day of school.'),
  ],
})

table('unanchored-time', {
  flagged: [
    m('The pier closes at 5 p.m. Friday.'),
    m('The pier closed yesterday and opens next week.'),
    m('The vote is at 9:30 a.m. local time on Tuesday.'),
    m('The pier closes at 5 p.m.', { dateline: undefined, publication: { firstPublishedAt: '2026-03-02T09:00:00Z' } }),
  ],
  fine: [
    m('The pier closes at 5 p.m. Friday.', { dateline: { place: 'HARBOR', date: '2026-03-02' }, timeZone: 'America/New_York' }),
    m('The pier closed on March 3, 2025.'),
    m('The pier closed on Friday.', { publication: { firstPublishedAt: '2026-03-02T09:00:00Z' } }),
    m('{!“Come on Friday,”} <p.quill:Ada Quill> ^said^.'),
  ],
})
