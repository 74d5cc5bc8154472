import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { PlainTable } from '@/kit/PlainTable'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'

const EquipmentForm = lazy(() => import('./EquipmentForm'))

type Machine = Schemas['EquipmentMachineView']

/** What the customer has installed, with its warranty and the cases it was in. */
export default function Equipment({ customerID, write }: { customerID: string; write: boolean }) {
  const { t } = useTranslation()
  const [of, setOf] = useState<Machine | 'new'>()
  const query = api.useQuery('get', '/api/v1/customers/{id}/equipment', { params: { path: { id: customerID } } })
  return (
    <>
      <ReadPanel
        query={query}
        title={t('equipment.title')}
        empty={({ items }) => items.length === 0 && !write}
        extra={() =>
          write && (
            <button type="button" className="text-button" onClick={() => setOf('new')}>
              {t('record.add')}
            </button>
          )
        }
      >
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t('equipment.none')}</p>
          ) : (
            <Table machines={items} onChange={write ? setOf : undefined} />
          )
        }
      </ReadPanel>
      <Suspense>
        {of && (
          <EquipmentForm
            customerID={customerID}
            machine={of === 'new' ? undefined : of}
            onClose={() => setOf(undefined)}
          />
        )}
      </Suspense>
    </>
  )
}

function Table({ machines, onChange }: { machines: Machine[]; onChange?: (m: Machine) => void }) {
  const { t } = useTranslation()
  return (
    <PlainTable<Machine>
      caption={t('equipment.title')}
      rows={machines}
      rowKey={(m) => m.fact_id}
      columns={[
        { key: 'product', title: t('fact.product'), head: true, render: (m) => m.product || '—' },
        { key: 'serial', title: t('equipment.serial'), num: true, render: (m) => m.serial || '—' },
        { key: 'on', title: t('equipment.installed_on'), num: true, render: (m) => m.installed_on },
        { key: 'warranty', title: t('equipment.warranty'), render: (m) => <Warranty of={m} /> },
        { key: 'place', title: t('equipment.place'), render: (m) => m.place || '—' },
        { key: 'contract', title: t('equipment.contract'), num: true, render: (m) => m.contract || '—' },
        { key: 'cases', title: t('record.case.title'), render: (m) => <MachineCases of={m} /> },
        {
          key: 'change',
          title: '',
          right: true,
          render: (m) =>
            onChange &&
            !m.removed &&
            m.serial && (
              <button type="button" className="text-button" onClick={() => onChange(m)}>
                {t('record.edit')}
              </button>
            ),
        },
      ]}
    />
  )
}

function Warranty({ of: m }: { of: Machine }) {
  const { t } = useTranslation()
  if (m.removed) return <StatusDot tone="neutral" label={t('equipment.removed')} />
  if (!m.warranty_until) return <span className="none">—</span>
  return (
    <StatusDot
      tone={m.covered ? 'ok' : 'warn'}
      label={t(m.covered ? 'equipment.covered' : 'equipment.over', { day: m.warranty_until })}
    />
  )
}

function MachineCases({ of: m }: { of: Machine }) {
  const { t } = useTranslation()
  const last = m.cases[0]
  if (!last) return <span className="none">—</span>
  return (
    <span className="row">
      <CaseLink to={`/cases/${last.id}`}>{last.number}</CaseLink>
      {m.cases.length > 1 && <span className="muted">{t('equipment.cases', { count: m.cases.length })}</span>}
    </span>
  )
}
