import { marked as m, plain as p } from '../support/marked.js'
import { table } from '../support/table.js'

table('bare-source-descriptor', {
  flagged: [
    [m('{The ferry line is bankrupt}, <s.x:sources> ^told^ @:the Herald@.'), 'sources told the Herald'],
    [m('<s.x:A source> ^said^ {the vault was empty}.'), 'A source said'],
    [m('{The coach has been dismissed}, <s.x:an official> ^said^ on Monday.'), 'an official said'],
    p('The minister will resign before the vote, sources said. The party has not chosen a successor.'),
  ],
  fine: [
    m('{The ferry line is bankrupt}, <s.x:two sources at its bank> ^said^.'),
    m('{The ferry line is bankrupt}, <s.x:a source on the board> ^said^. || {Its ships are for sale}, <s.x:the source> ^said^.'),
    m('{The coach has been dismissed}, <s.x:three club officials> ^said^. || <s.y:Another official> ^said^ {a successor was found}.'),
    p('The minister will resign before the vote, said two sources in the party leadership who attended the meeting.'),
  ],
})

table('formulaic-descriptor', {
  flagged: [
    [m('{The merger has collapsed}, <s.x:a person familiar with the matter> ^said^.'), 'a person familiar with the matter'],
    [m('<s.x:People close to the talks> ^said^ {the price was the problem}.'), 'People close to the talks'],
    m('{The probe has widened}, <s.x:two sources briefed on the investigation> ^said^.'),
  ],
  fine: [
    m('{The merger has collapsed}, <s.x:a lawyer familiar with the matter> ^said^.'),
    m('{The probe has widened}, <s.x:two people who were questioned> ^said^.'),
    m('{The price was too low}, <s.x:a person with direct knowledge of the negotiations> ^said^.'),
    m('{The price was too low}, <s.x:a source in the finance ministry briefed on the talks> ^said^.'),
  ],
})

table('missing-basis-or-side', {
  flagged: [
    [m('{The offer was raised twice}, <s.x:two people> ^said^.'), 'two people'],
    m('<s.x:One source> ^said^ {the pilot had been warned}.'),
    m('{The files were shredded}, <s.x:a person familiar with the situation> ^said^.'),
  ],
  fine: [
    m('{The offer was raised twice}, <s.x:two people who sat at the table> ^said^.'),
    m('<s.x:A junta source> ^said^ {the pilot had been warned}.'),
    m('{The files were shredded}, <s.x:a clerk> ^said^.'),
    m('{The files were shredded}, <s.x:a person in the archive> ^said^. || {Nobody objected}, <s.x:the person> ^said^.'),
  ],
})

table('vague-official-plural', {
  flagged: [
    [m('<s.x:Officials> ^said^ {the reactor was stable}.'), 'Officials said'],
    [m('{The drones came from the north}, <s.x:intelligence officials> ^said^.'), 'intelligence officials said'],
    m('<s.x:Senior government officials> ^believe^ || {nothing}. || <s.y:Government officials> ^said^ {the tariff would stay}.'),
    p('The raid took place at dawn. Western officials said that the target had been a depot.'),
  ],
  fine: [
    m('<s.x:Two officials of the reactor agency> ^said^ {the reactor was stable}.'),
    m('{The drones came from the north}, <s.x:officials in the air force command> ^said^.'),
    m('<s.x:Three officials> ^said^ {the tariff would stay}. || <s.x:The officials> ^said^ {no date was set}.'),
    p('The fire spread overnight. Fire officials said that four houses had burned.'),
    p('Iranian officials have said the program is peaceful.'),
  ],
})

table('unquantified-plural', {
  flagged: [
    [m('{The strike is off}, <s.x:people at the union> ^said^.'), 'people at the union'],
    [m('<s.x:Several aides to the governor> ^said^ {he would not run}.'), 'Several aides to the governor'],
    m('{The list was leaked}, <s.x:sources in both parties> ^said^.'),
  ],
  fine: [
    m('{The strike is off}, <s.x:four people at the union> ^said^.'),
    m('<s.x:An aide to the governor> ^said^ {he would not run}.'),
    m('{The list was leaked}, <s.x:two sources in both parties> ^said^. || {More will follow}, <s.y:one of the sources> ^said^.'),
    p('Residents said they would stay. Prosecutors said the case was open.'),
  ],
})

table('count-conflict', {
  flagged: [
    m('{The plant will close}, <s.x:sources at the company> ^said^. || {The date is set}, <s.y:three sources> ^said^.'),
    m('{The plant will close}, <s.x:two managers> ^said^. || {The date is set}, <s.x:three managers> ^said^.'),
    m('{He was warned}, <s.x:people in the ministry> ^said^. || {He laughed}, <s.y:one person> ^said^.'),
  ],
  fine: [
    m('{The plant will close}, <s.x:three sources at the company> ^said^. || {The date is set}, <s.y:one of the sources> ^said^.'),
    m('{The plant will close}, <s.x:two managers> ^said^. || {The date is set}, <s.x:the managers> ^said^.'),
    m('{He was warned}, <s.x:people in the ministry> ^said^. || {He laughed}, <s.y:another person> ^said^.'),
  ],
})

table('descriptor-drift', {
  flagged: [
    m('{The sale is off}, <s.x:a banker on the deal> ^said^. || {The price fell}, <s.x:a friend of the founder> ^said^.'),
    m('{The plane was late}, <s.x:an engineer at the airline> ^said^. || {It was repaired}, <s.x:a union representative> ^said^.'),
    m('{The sale is off}, <s.x:sources familiar with the matter> ^said^. || {The price fell}, <s.y:one source familiar with the talks> ^said^.'),
    m('{The sale is off}, <s.x:a director of the bank> ^said^. || {The price fell}, <s.y:a director of the bank> ^said^.'),
  ],
  fine: [
    m('{The sale is off}, <s.x:a banker on the deal> ^said^. || {The price fell}, <s.x:the banker> ^said^.'),
    m('{The plane was late}, <s.x:a former engineer at the airline> ^said^. || {It was repaired}, ^said^ <s.x:the former engineer, who feared reprisals>.'),
    m('{The sale is off}, <s.x:a director of the bank> ^said^. || {The price fell}, <s.y:another director of the bank> ^said^.'),
    m('{The sale is off}, <s.x:a Justice Department official> ^said^. || {The price fell}, <s.x:the DOJ official> ^said^.'),
  ],
})

table('indefinite-reintroduction', {
  flagged: [
    [m('{The vote is rigged}, <s.x:sources in the commission> ^said^. || {Boxes were moved}, <s.x:sources> ^said^.'), 'sources said'],
    [m('{The vote is rigged}, <s.x:three people at the count> ^said^. || {Boxes were moved}, <s.y:two people> ^said^.'), 'two people said'],
    m('{The vote is rigged}, <s.x:insiders in the commission> ^said^. || {Boxes were moved}, <s.x:insiders> ^told^ @:the Post@.'),
  ],
  fine: [
    m('{The vote is rigged}, <s.x:sources in the commission> ^said^. || {Boxes were moved}, <s.x:the sources> ^said^.'),
    m('{The vote is rigged}, <s.x:three people at the count> ^said^. || {Boxes were moved}, <s.y:two other people> ^said^.'),
    m('{The vote is rigged}, <s.x:three people at the count> ^said^. || {Boxes were moved}, <s.y:two of the people> ^said^.'),
  ],
})

table('definite-reference-without-antecedent', {
  flagged: [
    [m('{The fleet is sold}, <s.x:the person> ^said^.'), 'the person'],
    [m('It rained. || <s.x:The source> ^said^ {the fleet is sold}.'), 'The source'],
    m('{The crew was fired}, <s.x:the aide> ^said^. || {Nobody called}, <s.y:a captain> ^said^.'),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a person at the yard> ^said^. || {The buyer is Danish}, <s.x:the person> ^said^.'),
    m('<s.x:People who know the owner> ^said^ {the fleet is sold}. || {The buyer is Danish}, <s.y:the sources> ^said^.'),
    m('The owner met an official on Sunday. || {The fleet is sold}, <s.x:the official> ^said^.'),
    m('{The fleet is sold}, <s.x:the official in charge of the harbor> ^said^.'),
  ],
})

table('ambiguous-attribution-pronoun', {
  flagged: [
    [m('{The sale is off}, <s.x:the sources> ^said^. || {Officials are looking for a buyer}, <s.x:they> ^said^.'), 'they said'],
    m('{The bridge will close}, <s.x:two engineers> ^said^. || {Investigators have found more cracks}, <s.x:they> ^said^.'),
    m('<p.quill:Adam Quill> ^told^ @:Peter Marsh@ {that the club was broke}. || <p.quill:He> ^said^ {nobody would pay}.'),
  ],
  fine: [
    m('{The sale is off}, <s.x:the sources> ^said^. || {The bank is looking for a buyer}, <s.x:they> ^said^.'),
    m('{The bridge will close}, <s.x:two engineers> ^said^. || {Cracks were found}, <s.x:the engineers> ^said^.'),
    m('<p.quill:Adam Quill> ^told^ @:Mary Marsh@ {that the club was broke}. || <p.quill:He> ^said^ {nobody would pay}.'),
    m('<p.quill:Adam Quill> ^told^ @:Peter Marsh@ {that the club was broke}. || <p.quill:Quill> ^said^ {nobody would pay}.'),
  ],
})

table('gendered-pronoun-for-anonymous', {
  flagged: [
    [m('{The lab lied}, <s.x:a chemist> ^said^. || {Samples were swapped}, <s.x:she> ^said^.'), 'she'],
    [m('{The lab lied}, ^said^ <s.x:a chemist>, who spoke unnamed because he feared for the job.'), 'he'],
    m('<s.x:One guard> ^said^ {the gate was open} and gave his own account of the night.'),
    p('"The badge stopped working," said one engineer, who requested anonymity because she had signed a nondisclosure agreement.'),
  ],
  fine: [
    m('{The lab lied}, <s.x:a chemist> ^said^. || {Samples were swapped}, <s.x:the chemist> ^said^.'),
    m('{The lab lied}, ^said^ <s.x:a chemist>, who spoke unnamed for fear of losing the job.'),
    m('<s.x:One guard> ^said^ {she had left her keys in the gate}.'),
    m('<s.x:One guard> ^said^ {the gate was open} when Ada Quill left with her bag.'),
  ],
})

table('invented-pseudonym', {
  flagged: [
    m('{The boss took my passport}, <s.x:a maid> ^said^. || Her name has been changed.'),
    m('Marta is not her real name. || {The boss took my passport}, <s.x:a maid> ^said^.'),
    m('{The boss took my passport}, ^said^ <s.x:Marta>.', { says: { a1: { mentionForm: 'NAME' } } }),
  ],
  fine: [
    m('{The boss took my passport}, <s.x:a maid from the islands> ^said^.'),
    m('{George Eliot was a pseudonym of Mary Evans}, <p.quill:Ada Quill> ^said^.'),
    m('{The boss took my passport}, <p.vera:Vera Dunn> ^said^.'),
  ],
})

table('overlapping-official-groups', {
  flagged: [
    m('<s.x:Officials> ^said^ {the dam was safe}. || <s.y:A senior official> ^said^ {repairs were planned}.'),
    m('<s.x:Pentagon officials> ^said^ {the ship had sailed}. || <s.y:Defense Department officials> ^said^ {it carried aid}.'),
    m('<s.x:Two ministry officials> ^said^ {the talks failed}. || <s.y:Officials> ^said^ {they would resume}.'),
  ],
  fine: [
    m('<s.x:Two Water Authority officials> ^said^ {the dam was safe}. || <s.y:A Treasury official> ^said^ {repairs were paid for}.'),
    m('<s.x:Two ministry officials> ^said^ {the talks failed}. || <s.x:The officials> ^said^ {they would resume}.'),
    m('<s.x:A senior official> ^said^ {the dam was safe}. || <s.y:Another official> ^said^ {repairs were planned}.'),
  ],
})
