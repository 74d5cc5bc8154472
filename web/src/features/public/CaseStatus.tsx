import { ArrowLeft, Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { Fields, Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { fileSize } from '@/kit/UploadDrop'
import { AddForm } from './AddForm'
import type { Key, OpenList, PublicCase } from './data'
import { RateForm } from './RateForm'

/** The stages everybody understands, in their order. */
const stages = ['received', 'in_hand', 'answered', 'closed'] as const

interface Props {
  of: PublicCase
  by: Key
  limits?: OpenList
  onChange: (of: PublicCase) => void
  onLeave: () => void
}

/** How a matter stands for the customer: where it is, until when, what was answered, what was added, and the rating. */
export default function CaseStatus({ of: c, by, limits, onChange, onLeave }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const fields = [
    { label: t('public.follow.number'), value: <span className="num">{c.number}</span> },
    { label: t('public.received_on'), value: <DateText value={c.received_on} /> },
    { label: t('public.due_on'), value: c.due_on && <DateText value={c.due_on} /> },
    { label: t('public.closed_on'), value: c.closed_on && <DateText value={c.closed_on} /> },
    { label: t('public.outcome'), value: text(c.outcome) },
  ]
  return (
    <>
      <button type="button" className="back" onClick={onLeave}>
        <ArrowLeft size={14} />
        {t('public.back')}
      </button>
      <div className="public-lead">
        <h1>{text(c.procedure)}</h1>
      </div>
      <Panel title={t('public.stands')}>
        <Stages of={c} />
        <Fields items={fields.filter((f) => f.value)} />
      </Panel>
      {c.said.map((s) => (
        <Panel key={`${s.on}${text(s.title)}`} title={text(s.title)} extra={s.on && <DateText value={s.on} />}>
          {s.lines.map((l) => (
            <div key={text(l.title)} className="said-line">
              <small className="muted">{text(l.title)}</small>
              <p>
                {l.text}
                {l.unit && ` ${l.unit}`}
              </p>
            </div>
          ))}
        </Panel>
      ))}
      {(c.may_rate || c.rating) && (
        <Panel title={t('public.rate.title')}>
          <RateForm of={c} by={by} onChange={onChange} />
        </Panel>
      )}
      {(c.added.length > 0 || c.may_add) && (
        <Panel title={t('public.add.title')}>
          <Added of={c} />
          {c.may_add && <AddForm by={by} limits={limits} onChange={onChange} />}
        </Panel>
      )}
    </>
  )
}

function Stages({ of: c }: { of: PublicCase }) {
  const { t } = useTranslation()
  const text = useText()
  if (c.stage === 'withdrawn') return <p>{t('public.stage.withdrawn')}</p>
  const at = stages.indexOf(c.stage === 'waiting' ? 'in_hand' : c.stage)
  return (
    <>
      <ol className="stages">
        {stages.map((s, i) => (
          <li
            key={s}
            className={i < at ? 'stage-done' : i === at ? 'stage-now' : undefined}
            aria-current={i === at ? 'step' : undefined}
          >
            {t(`public.stage.${s}`)}
          </li>
        ))}
      </ol>
      <p>
        {c.stage === 'waiting'
          ? t('public.says.waiting', { what: text(c.pause) || t('public.says.more') })
          : t(`public.says.${c.stage}`)}
      </p>
    </>
  )
}

function Added({ of: c }: { of: PublicCase }) {
  if (c.added.length === 0) return null
  return (
    <ul className="added">
      {c.added.map((a, i) => (
        <li key={i}>
          <small className="muted num">{a.at}</small>
          {a.text && <p>{a.text}</p>}
          {a.files.map((f) => (
            <span key={f.name} className="file">
              <Paperclip size={14} aria-hidden />
              <span>{f.name}</span>
              <small className="muted num">{fileSize(f.size)}</small>
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
