import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { asApiError } from '@/api/error'
import { AreaLink } from '@/kit/AreaLink'
import { customerPath } from '@/kit/CustomerLink'
import { DutyCustomer } from '@/kit/DutyCustomer'
import { type Duty, isOwed } from '@/kit/duties'
import { occasionText } from '@/kit/dutyTiming'
import { Evidence } from '@/kit/Evidence'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Fields } from '@/kit/Page'
import { everyText } from '@/kit/period'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { Assumed, Clause } from '@/kit/Why'
import { CallLink, type DutyActions, DutyButton, DutyState } from './columns'

interface Props extends DutyActions {
  id: string
  rows: Duty[]
  today: string
  onOpen: (id: string | undefined) => void
}

/** One duty with the clause that asks for it and its evidence. */
export function DutyPanel({ id, rows, onOpen, ...actions }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const query = api.useQuery('get', '/api/v1/duties/{id}', { params: { path: { id } } })
  const i = rows.findIndex((d) => d.id === id)
  const go = (to: Duty | undefined) => to && (() => onOpen(to.id))
  const d = query.data ?? rows[i]
  const expand = d && !d.of_grade ? () => void navigate({ href: customerPath(d.customer.id) }) : undefined
  return (
    <RecordPanel
      open
      title={d ? text(d.title) : t('duty.one')}
      badges={d && <DutyState duty={d} />}
      onClose={() => onOpen(undefined)}
      onPrevious={i > 0 ? go(rows[i - 1]) : undefined}
      onNext={i >= 0 ? go(rows[i + 1]) : undefined}
      onExpand={expand}
      actions={d && <PanelActions duty={d} {...actions} />}
    >
      <QueryView query={query} lines={8}>
        {(full) => <Details duty={full} />}
      </QueryView>
    </RecordPanel>
  )
}

function PanelActions({ duty: d, ...actions }: { duty: Duty } & Omit<Props, 'id' | 'rows' | 'today' | 'onOpen'>) {
  const { t } = useTranslation()
  return (
    <>
      {d.may_waive && <Button onClick={() => actions.onWaive(d)}>{t('owed.waive')}</Button>}
      {isOwed(d) && d.may_do ? (
        <Button type="primary" onClick={() => actions.onDo(d)}>
          {t('owed.do')}
        </Button>
      ) : (
        <DutyButton duty={d} {...actions} />
      )}
    </>
  )
}

function Details({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  const grade = useGrades()
  const evidence = d.done_on
    ? [
        {
          id: d.id,
          on: d.done_on,
          by: d.done_by_name,
          note: d.note,
          files: d.files.map((f) => ({
            id: f.id,
            name: f.name,
            size: f.size,
            url: `/api/v1/files/${f.id}`,
            image: f.media_type.startsWith('image/') && f.media_type !== 'image/heic',
          })),
        },
      ]
    : []
  return (
    <div className="stack">
      <Fields
        items={[
          {
            label: t('duty.customer'),
            value: <DutyCustomer duty={d} />,
            wide: true,
          },
          { label: t('duty.due'), value: <span className="num">{d.due_on}</span> },
          { label: t('duty.window'), value: <span className="num">{d.window_from}</span> },
          { label: t('duty.owner'), value: d.owner_name || t('duty.nobody') },
          ...(d.due_owner ? [{ label: t('duty.answered'), value: d.due_owner }] : []),
          { label: t('duty.phone'), value: <CallLink duty={d} /> },
          { label: t('duty.grade'), value: <GradeTag {...grade(d.scheme, d.grade)} /> },
          {
            label: t('duty.every'),
            value: <EveryText duty={d} />,
          },
          { label: t('duty.clause'), value: <Clause clause={d.clause} /> },
          { label: t('duty.activity'), value: t(`duty.activities.${d.activity}`, { defaultValue: d.activity }) },
        ]}
      />
      {d.escalated_to && <Fields items={[{ label: t('duty.escalated'), value: d.escalated_to, wide: true }]} />}
      {d.reason && <Fields items={[{ label: t('duty.reason'), value: d.reason, wide: true }]} />}
      <section>
        <h3>{t('duty.evidence')}</h3>
        <Evidence items={evidence} />
        {!d.of_grade && <Proof duty={d} />}
      </section>
    </div>
  )
}

/** The visits, calls and messages by which it was done, where those are kept; each opens. */
function Proof({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useQuery('get', '/api/v1/customers/{id}/proof/{duty}', {
    params: { path: { id: d.customer.id, duty: d.id }, query: { from: d.window_from } },
  })
  if (query.error && asApiError(query.error).code === 'not_found')
    return <p className="muted">{t('duty.proof_elsewhere')}</p>
  return (
    <QueryView query={query} lines={2}>
      {(p) =>
        p.parts.length > 0 && (
          <ul className="lines" aria-label={t('duty.proof')}>
            {p.parts.flatMap((part) =>
              part.lines.map((l) => {
                const words = `${text(part.title)} · ${text(l.title)}`
                const to = proofPath(part.kind, l.id)
                return (
                  <li key={`${part.kind} ${l.id}`}>
                    <span className="muted num">{l.on}</span>{' '}
                    {to ? <AreaLink to={to}>{words}</AreaLink> : <span>{words}</span>}{' '}
                    <span className="muted">{l.who}</span>
                  </li>
                )
              }),
            )}
          </ul>
        )
      }
    </QueryView>
  )
}

/** Where a line of a statement is shown by itself; a call has no page of its own. */
const proofPath = (kind: string, id: string): string | undefined =>
  ({ visit: `/visits?open=${id}`, message: `/messages?open=${id}`, case: `/cases/${id}` })[kind]

function EveryText({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  return (
    <>
      {d.occasion ? occasionText(t, d.occasion) : everyText(t, d.every)}
      {d.assumed && <Assumed />}
    </>
  )
}
