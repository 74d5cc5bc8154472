import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { Panel } from '@/kit/Page'
import { Timeline } from '@/kit/Timeline'
import { useText } from '@/kit/text'
import { fileSize } from '@/kit/UploadDrop'
import { titleOf } from './ActionBar'
import type { CaseRecord } from './data'
import { useMoment } from './words'

type Line = CaseRecord['history'][number]
type Followed = Line['followed'][number]

/** What follows from an act and is worth a line; the rest is in the steps. */
const told = [
  'warned',
  'overdue',
  'pause_over',
  'stuck',
  'unstuck',
  'raised',
  'class',
  'granted',
  'refused',
  'ended',
  'recorded',
  'uncertain',
]

/** Everything that happened to the case: who, when, in whose name, what they said and what followed. */
export function History({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const { moment } = useMoment()
  const step = (key: string) => text(c.definition?.steps?.find((s) => s.key === key)?.title) || key
  const end = (key: string) => text(c.definition?.ends?.find((e) => e.key === key)?.title) || key
  const followed = (f: Followed): string =>
    t(`procedure.history.followed.${f.kind}`, {
      step: step(f.step),
      what:
        f.kind === 'class'
          ? text(c.definition?.classes?.find((x) => x.key === f.what)?.title)
          : titleOf(c, f.what, text),
      end: end(f.end),
      due: f.due_at ? moment(f.due_at) : '',
    })
  const line = (a: Line): string => {
    const who = a.actor.name || t(a.outside ? 'procedure.history.customer' : 'procedure.history.program')
    const name = a.for.name ? t('procedure.history.in_name', { who, name: a.for.name }) : who
    const act = a.act === 'decide' ? `decide_${a.decision || 'agree'}` : a.act
    return t(`procedure.history.act.${act}`, {
      who: name,
      step: step(a.step),
      to: step(a.to),
      person: a.person.name,
      what: titleOf(c, a.what, text),
      mark: a.act === 'sent' ? t(`procedure.history.by.${a.what}`) : a.what,
    })
  }
  return (
    <Timeline
      kinds={[]}
      entries={[...c.history].reverse().map((a) => ({
        id: String(a.seq),
        at: a.at,
        kind: a.act,
        title: line(a),
        extra:
          a.reason || a.followed.some((f) => told.includes(f.kind)) ? (
            <>
              {a.reason && <q className="said">{a.reason}</q>}
              {a.followed
                .filter((f) => told.includes(f.kind))
                .map((f) => (
                  <div key={`${f.kind}${f.step}${f.seat}${f.what}`} className="muted">
                    {followed(f)}
                  </div>
                ))}
            </>
          ) : undefined,
      }))}
    />
  )
}

/** Files of the case. */
export function CaseFiles({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  if (c.files.length === 0) return null
  return (
    <Panel title={t('procedure.record.files')}>
      <ul className="notices">
        {c.files.map((f) => (
          <li key={f.id}>
            <a className="file" href={`/api/v1/files/${f.id}`} target="_blank" rel="noreferrer">
              <Paperclip size={14} aria-hidden />
              <span>{f.name}</span>
            </a>
            <small className="muted num">
              {fileSize(f.size)} · {f.by.name || t('procedure.history.customer')} · <DateText value={f.at} />
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Cases that belong with this one. */
export function CaseLinks({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  if (c.links.length === 0) return null
  return (
    <Panel title={t('procedure.record.links')}>
      <ul className="notices">
        {c.links.map((l) => (
          <li key={`${l.case_id}${l.link}`}>
            <span className="muted">{t(`procedure.link.${l.link}`)}</span>
            <CaseLink to={`/cases/${l.case_id}`}>
              {l.number} {l.title}
            </CaseLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
