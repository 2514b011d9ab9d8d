/** Abbreviations of English news copy that end in a full stop. Origin: written by hand for Onrecord from wire style practice. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Always followed by the rest of a name or a number, so the full stop never ends a sentence. */
export const TITLE_ABBREVIATIONS = words(`
  mr mrs ms mx dr prof sen sens rep reps gov govs lt col gen maj capt cmdr sgt cpl pvt adm pres sec supt det ofc
  rev fr hon st ste mt ft no vs v fig vol pp art sgt-at-arms insp messrs amb atty asst dep spc pfc`)

/** May stand at the end of a sentence: the next word decides. */
export const OTHER_ABBREVIATIONS = words(`
  inc corp co ltd llc bros assn dept univ jr sr esq ph.d m.d b.a m.a etc al a.m p.m u.s u.k u.n e.u d.c n.y l.a u.s.s.r i.e e.g
  jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun ave blvd rd hwy est approx
  ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo
  n.h n.j n.m n.c n.d s.c s.d r.i w.va`)

/** Words that begin a new sentence after an abbreviation rather than continue a name. */
export const SENTENCE_OPENERS = words(`
  the a an he she they it we i you this that these those his her their its our but and in on at after before when while if as for
  meanwhile however still there then no not many some most several both according what why how who asked two three`)
