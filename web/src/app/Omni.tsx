import { useNavigate, useRouter } from '@tanstack/react-router'
import { Modal } from 'antd'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, matches, type OmniProvider, useAllCommands } from '@/kit/commands'
import { allows } from '@/kit/usePermission'
import { useSuspendShortcuts } from '@/kit/useShortcut'
import { useMe } from './account'
import { useAreas } from './Nav'
import { usePrefs } from './prefs'
import { recall, remember } from './recent'
import { Keys } from './ShortcutList'

const PAUSE_MS = 150
const MIN_QUERY = 1
const groups: Command['group'][] = ['recent', 'act', 'found', 'create', 'go', 'prefs']

const providers = import.meta.glob<{ omni: OmniProvider }>('../features/*/omni.ts')

/** The command menu: go to, create, act on what is open, find records, recent. */
export default function Omni({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useSuspendShortcuts(true)
  const own = useOwnCommands(onKeys)
  const page = useAllCommands()
  const found = useFound(query)
  const shown = useMemo(() => arrange(query, [...page, ...own], found), [query, page, own, found])
  const current = Math.min(at, shown.length - 1)
  const run = (c: Command | undefined) => {
    if (!c) return
    if (c.group !== 'prefs') remember(c.id)
    onClose()
    c.run()
  }
  const key = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (by) {
      e.preventDefault()
      setAt((current + by + shown.length) % Math.max(1, shown.length))
    } else if (e.key === 'Enter') {
      e.preventDefault()
      run(shown[current])
    }
  }
  useEffect(() => {
    list.current?.querySelector(`[data-at="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <Modal
      open
      width={600}
      footer={null}
      closable={false}
      onCancel={onClose}
      rootClassName="omni-menu"
      aria-label={t('app.omni.title')}
    >
      <div className="omni-field">
        <Search size={16} strokeWidth={1.75} aria-hidden />
        {/* biome-ignore-start lint/a11y/noAutofocus: the menu exists to be typed into. */}
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[current] ? `${id}-${current}` : undefined}
          aria-label={t('app.omni.title')}
          placeholder={t('app.omni.hint')}
          value={query}
          onChange={(e) => [setQuery(e.target.value), setAt(0)]}
          onKeyDown={key}
        />
        {/* biome-ignore-end lint/a11y/noAutofocus: see above. */}
        <kbd>Esc</kbd>
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('app.omni.title')} className="omni-list">
        {shown.length === 0 && <p className="muted">{t('app.omni.nothing', { query })}</p>}
        {shown.map((c, i) => (
          <Option
            key={`${c.group}:${c.id}`}
            id={`${id}-${i}`}
            at={i}
            command={c}
            head={shown[i - 1]?.group !== c.group}
            on={i === current}
            onRun={run}
            onPoint={setAt}
          />
        ))}
      </div>
    </Modal>
  )
}

interface OptionProps {
  id: string
  at: number
  command: Command
  head: boolean
  on: boolean
  onRun: (c: Command) => void
  onPoint: (i: number) => void
}

function Option({ id, at, command: c, head, on, onRun, onPoint }: OptionProps) {
  const { t } = useTranslation()
  return (
    <>
      {head && (
        <div className="omni-group" role="presentation">
          {t(`app.omni.group.${c.group}`)}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns the list. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox. */}
      <div
        id={id}
        role="option"
        aria-selected={on}
        data-at={at}
        className="omni-option"
        onMouseMove={() => onPoint(at)}
        onClick={() => onRun(c)}
      >
        {c.icon}
        <span className="omni-label">{c.label}</span>
        {c.hint && <span className="muted omni-hint">{c.hint}</span>}
        {c.keys && <Keys keys={c.keys} />}
      </div>
    </>
  )
}

/** arrange picks what a query asks for, by group; without a query the recent ones come first. */
export function arrange(query: string, commands: Command[], found: Command[]): Command[] {
  const q = query.trim()
  const recent = q ? [] : recall().flatMap((id) => commands.filter((c) => c.id === id).slice(0, 1))
  const rest = q ? [...found, ...commands.filter((c) => matches(c, q))] : commands
  const all = [...recent.map((c) => ({ ...c, group: 'recent' as const })), ...rest]
  return groups.flatMap((g) => all.filter((c) => c.group === g))
}

/** Pages that are reached from the page of another area. */
const subpages = {
  promises: { path: '/promises', perm: 'duty.read' },
  events: { path: '/service/events', perm: 'duty.read' },
  gifts: { path: '/gifts', perm: 'duty.read' },
  registers: { path: '/registers', perm: 'procedure.read' },
  owners: { path: '/service/owners', perm: 'customer.read' },
  handovers: { path: '/service/handovers', perm: 'customer.read' },
  training: { path: '/training', perm: 'self' },
} as const

/** Commands of the frame: the areas, the theme, the language, the shortcuts. */
function useOwnCommands(onKeys: () => void): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const prefs = usePrefs()
  const me = useMe()
  const list = useAreas()
  const go: Command[] = list.map((a) => ({
    id: `go.${a.key}`,
    label: t(`app.area.${a.key}`),
    group: 'go',
    words: `${a.key} ${a.path}`,
    icon: a.icon,
    keys: a.keys,
    run: () => void navigate({ to: a.path }),
  }))
  const imports: Command[] = allows(me?.permissions, 'import.run')
    ? [
        {
          id: 'import.new',
          label: t('importer.new'),
          group: 'create',
          words: 'import upload 上传 csv xlsx excel',
          run: () => void navigate({ to: '/imports/new', search: {} }),
        },
        {
          id: 'go.imports',
          label: t('importer.history'),
          group: 'go',
          words: 'imports history 导入',
          run: () => void navigate({ to: '/imports', search: {} }),
        },
      ]
    : []
  const pages: Command[] = (['promises', 'gifts', 'registers', 'owners', 'training'] as const)
    .filter((key) => allows(me?.permissions, subpages[key].perm))
    .map((key) => ({
      id: `go.${key}`,
      label: t(`app.page.${key}`),
      group: 'go',
      words: `${key} ${subpages[key].path}`,
      run: () => void navigate({ to: subpages[key].path }),
    }))
  const tasks: Command = {
    id: 'go.jobs',
    label: t('job.title'),
    group: 'go',
    words: 'tasks jobs 任务',
    run: () => void navigate({ to: '/jobs' }),
  }
  const dark: Command = {
    id: 'prefs.theme',
    label: t(prefs.dark ? 'app.omni.to_light' : 'app.omni.to_dark'),
    group: 'prefs',
    words: 'theme dark light',
    run: () => prefs.setTheme(prefs.dark ? 'light' : 'dark'),
  }
  const language: Command = {
    id: 'prefs.language',
    label: t('app.other_language'),
    group: 'prefs',
    words: 'language 语言',
    run: () => prefs.setLocale(prefs.locale === 'zh' ? 'en' : 'zh'),
  }
  const keys: Command = {
    id: 'prefs.keys',
    label: t('app.keys.title'),
    group: 'prefs',
    words: 'shortcuts',
    keys: '?',
    run: onKeys,
  }
  return [...imports, ...go, ...pages, tasks, dark, language, keys]
}

/** Records that the features find for a query; a feature that fails leaves the others standing. */
function useFound(query: string): Command[] {
  const router = useRouter()
  const [found, setFound] = useState<Command[]>([])
  const q = query.trim()
  useEffect(() => {
    setFound([])
    if (q.length < MIN_QUERY) return
    const stop = new AbortController()
    const go = (path: string) => router.history.push(path)
    const timer = setTimeout(async () => {
      const lists = await Promise.allSettled(
        Object.values(providers).map(async (load) => (await load()).omni.search(q, stop.signal, go)),
      )
      if (!stop.signal.aborted) setFound(lists.flatMap((l) => (l.status === 'fulfilled' ? l.value : [])))
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [q, router])
  return found
}
