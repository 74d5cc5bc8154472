import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { Fields } from '@/kit/Page'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import type { CaseRecord } from './data'

type View = Schemas['EquipmentMachineView']

/** The machine a case is about: its warranty, where it stands, and what was wrong with it before. */
export default function Machine({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/cases/{id}/equipment', { params: { path: { id: c.id } } })
  return (
    <ReadPanel query={query} title={t('procedure.machine.title')} empty={({ machine }) => !machine}>
      {({ machine, known }) => machine && <Seen machine={machine} known={known} />}
    </ReadPanel>
  )
}

function Seen({ machine: m, known }: { machine: View; known: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <>
      <Fields
        items={[
          { label: t('procedure.machine.serial'), value: <span className="num">{m.serial}</span> },
          ...(known
            ? [
                { label: t('procedure.machine.product'), value: m.product || '—' },
                { label: t('procedure.machine.warranty'), value: <Warranty of={m} /> },
                { label: t('procedure.machine.installed_on'), value: <DateText value={m.installed_on} /> },
                { label: t('procedure.machine.place'), value: m.place || '—' },
                { label: t('procedure.machine.contract'), value: m.contract || '—' },
              ]
            : []),
        ]}
      />
      {!known && <p className="muted">{t('procedure.machine.unknown')}</p>}
      <h3 className="machine-before">{t('procedure.machine.before')}</h3>
      {m.cases.length === 0 ? (
        <p className="muted">{t('procedure.machine.never')}</p>
      ) : (
        <ul className="tasks">
          {m.cases.map((x) => (
            <li key={x.id}>
              <CaseLink to={`/cases/${x.id}`}>{x.title || x.number}</CaseLink>{' '}
              <span className="muted num">
                {x.number} · <DateText value={x.received_at} />
                {x.outcome && ` · ${text(x.outcome.title)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Whether the warranty of a machine holds. */
export function Warranty({ of: m }: { of: View }) {
  const { t } = useTranslation()
  if (m.removed) return <StatusDot tone="neutral" label={t('procedure.machine.removed')} />
  if (!m.warranty_until) return <span>{t('procedure.machine.no_warranty')}</span>
  return (
    <StatusDot
      tone={m.covered ? 'ok' : 'warn'}
      label={t(m.covered ? 'procedure.machine.covered' : 'procedure.machine.over', { day: m.warranty_until })}
    />
  )
}
