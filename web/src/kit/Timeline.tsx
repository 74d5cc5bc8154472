import { CircleDot } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockTime, isCivil, toDate } from './format'
import { groupByDay, type TimelineEntry, type TimelineRun } from './timelineGroups'

interface Props {
  entries: TimelineEntry[]
  /** Filters in the order to offer them; labels are translated. */
  kinds: { key: string; label: string; icon?: ReactNode }[]
  empty?: ReactNode
  /** Below the last entry, for example a button that loads older ones. */
  more?: ReactNode
  /** For a timeline that the server filters: the chosen kind, and how to choose another. All kinds are offered then. */
  chosen?: string
  onChoose?: (kind: string | undefined) => void
}

/** What happened, by day; filters by kind; changes of fields folded. */
export function Timeline({ entries, kinds, empty, more, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const [own, setOwn] = useState<string>()
  const kind = onChoose ? chosen : own
  const setKind = onChoose ?? setOwn
  const present = onChoose ? kinds : kinds.filter((k) => entries.some((e) => e.kind === k.key))
  const shown = kind ? entries.filter((e) => e.kind === kind) : entries
  const icon = (k: string) => kinds.find((x) => x.key === k)?.icon ?? <CircleDot size={14} />
  if (entries.length === 0 && !kind) return empty ?? <p className="muted">{t('kit.timeline.empty')}</p>
  return (
    <div className="timeline">
      {present.length > 1 && (
        <fieldset className="kinds" aria-label={t('kit.timeline.filter')}>
          <Kind label={t('kit.timeline.all')} on={!kind} onClick={() => setKind(undefined)} />
          {present.map((k) => (
            <Kind
              key={k.key}
              label={k.label}
              on={kind === k.key}
              onClick={() => setKind(kind === k.key ? undefined : k.key)}
            />
          ))}
        </fieldset>
      )}
      {shown.length === 0 && <p className="muted">{t('kit.timeline.empty')}</p>}
      {groupByDay(shown).map((d) => (
        <section key={d.day} className="tl-day">
          <h3 className="num">{d.day}</h3>
          <ol>
            {d.runs.map((r) => (
              <Run key={r.entries[0]?.id} run={r} icon={icon} />
            ))}
          </ol>
        </section>
      ))}
      {more}
    </div>
  )
}

function Kind({ label, on, onClick }: { label: string; on: boolean; onClick: () => void }) {
  return (
    <button type="button" className="kind" aria-pressed={on} onClick={onClick}>
      {label}
    </button>
  )
}

function Run({ run, icon }: { run: TimelineRun; icon: (kind: string) => ReactNode }) {
  const { t } = useTranslation()
  if (!run.folded) {
    const one = run.entries[0]
    return one ? <Entry entry={one} icon={icon(one.kind)} /> : null
  }
  const fields = run.entries.reduce((n, e) => n + (e.changes?.length ?? 0), 0)
  return (
    <li className="tl-fold">
      <details>
        <summary>{t('kit.timeline.folded', { n: fields })}</summary>
        <ol>
          {run.entries.map((e) => (
            <Entry key={e.id} entry={e} icon={icon(e.kind)} />
          ))}
        </ol>
      </details>
    </li>
  )
}

function Entry({ entry: e, icon }: { entry: TimelineEntry; icon: ReactNode }) {
  const time = typeof e.at === 'string' && isCivil(e.at) ? undefined : clockTime(toDate(e.at))
  return (
    <li className="tl-entry">
      <span className="tl-icon" aria-hidden>
        {icon}
      </span>
      <div className="tl-body">
        <div className="tl-line">
          <b>{e.title}</b>
          <span className="grow" />
          {e.note && <span className="muted num">{e.note}</span>}
        </div>
        {e.detail && <p>{e.detail}</p>}
        {e.changes?.map((c, i) => (
          <p key={`${c.field}:${i}`} className="tl-change">
            <span className="muted">{c.field}</span> <s>{c.from || '—'}</s> → {c.to || '—'}
          </p>
        ))}
        {e.extra}
        {(e.by || time) && <div className="muted num">{[e.by, time].filter(Boolean).join(' · ')}</div>}
      </div>
    </li>
  )
}
