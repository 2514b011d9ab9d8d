import { lazy, Suspense, useEffect, useRef, type ComponentType } from 'react'
import { go, Link, useAddress } from './address'
import { Shortcuts, useShortcuts } from './pieces/shortcuts'
import { WentWrong } from './pieces/went-wrong'
import { signOut, useToken } from './session'
import { SignIn } from './sign-in/sign-in'
import { StoriesPage } from './stories/stories-page'
import { StoryPage } from './story/story-page'
import { useTheme, type Theme } from './theme'
import { NewStory } from './writing/new-story'

const PartnersPage = lazy(async () => ({ default: (await import('./partners/partners-page')).PartnersPage }))
const StatementsPage = lazy(async () => ({ default: (await import('./statements/statements-page')).StatementsPage }))
/** With all that seals and opens: loaded by those alone who go there. */
const VaultPage = lazy(() => import('./vault/vault-page'))
const ArchivePage = lazy(async () => ({ default: (await import('./archive/archive-page')).ArchivePage }))

/** Beside the stories; loaded when they are opened. */
const PAGES: readonly (readonly [path: string, name: string, key: string, page: ComponentType])[] = [
  ['/statements', 'Statements', 's', StatementsPage],
  ['/archive', 'Archive', 'b', ArchivePage],
  ['/partners', 'Partners', 'q', PartnersPage],
  ['/vault', 'Vault', 'v', VaultPage],
]

export function App() {
  const isSignedIn = useToken() !== null
  const [theme, nextTheme] = useTheme()
  return (
    <>
      <a className="skip" href="#main">Skip to the content</a>
      <header className="bar">
        <Link to="/" className="mark" aria-label="Onrecord desk: stories"><Mark /><span>Onrecord</span></Link>
        {isSignedIn && <Sections />}
        <div className="bar-end">
          <ThemeSwitch theme={theme} next={nextTheme} />
          {isSignedIn && <Shortcuts />}
          {isSignedIn && <button type="button" className="quiet" onClick={() => signOut()}>Sign out</button>}
        </div>
      </header>
      {isSignedIn ? <Page /> : <SignIn />}
    </>
  )
}

function Sections() {
  const { path } = useAddress()
  useShortcuts('Pages', [{ keys: 'g', does: 'go to the stories', run: () => go('/') }, { keys: 'w', does: 'write a new story', run: () => go('/new') }, ...PAGES.map(([to, name, keys]) => ({ keys, does: `go to: ${name.toLowerCase()}`, run: () => go(to) }))])
  return (
    <nav aria-label="Sections">
      <Link to="/" aria-current={path === '/' ? 'page' : undefined}>Stories</Link>
      <Link to="/new" aria-current={path === '/new' ? 'page' : undefined}>New</Link>
      {PAGES.map(([to, name]) => <Link key={to} to={to} aria-current={path === to ? 'page' : undefined}>{name}</Link>)}
    </nav>
  )
}

function Page() {
  const { path } = useAddress()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  // A new page begins where one reads on, for those who do not see that it changed.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [path])
  return <main id="main" tabIndex={-1} ref={main}><WentWrong key={path}><Suspense fallback={<p className="empty" role="status">Loading …</p>}>{pageOf(path)}</Suspense></WentWrong></main>
}

function pageOf(path: string) {
  const story = /^\/stories\/([^/]+)$/.exec(path)?.[1]
  if (path === '/' || path === '/sign-in') return <StoriesPage />
  if (path === '/new') return <NewStory />
  const Other = PAGES.find(([to]) => to === path)?.[3]
  if (Other) return <Other />
  if (story) return <StoryPage key={story} slug={decodeURIComponent(story)} />
  return <section className="empty"><h1>There is no such page</h1><p><Link to="/">All stories</Link></p></section>
}

const SHOWN: Readonly<Record<Theme, string>> = { auto: '◐', light: '○', dark: '●' }

function ThemeSwitch({ theme, next }: { readonly theme: Theme; readonly next: () => void }) {
  const says = `Colours: ${theme === 'auto' ? 'as the computer has them' : theme}`
  return <button type="button" className="quiet" onClick={next} aria-label={`${says}. Change`} title={says}><span aria-hidden="true">{SHOWN[theme]}</span></button>
}

function Mark() {
  return <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><path className="mark-named" d="M5 10h22M5 16h9" /><path className="mark-anonymous" d="M18 16h9M5 22h14" /></svg>
}
