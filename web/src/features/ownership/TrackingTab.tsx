import { Button } from 'antd'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

type Tracked = Schemas['OwnershipTrackedView']

const spans = ['30', '90', '180'] as const

/** Customers, owners, contacts and changes by department and by person. */
export function TrackingTab() {
  const { t, i18n } = useTranslation()
  const [days, setDays] = useState<(typeof spans)[number]>('90')
  const exports = usePermission('customer.export')
  const query = api.useQuery('get', '/api/v1/ownership/tracking', { params: { query: { days: Number(days) } } })
  return (
    <>
      <div className="row owner-bar">
        <Choice
          label={t('ownership.days')}
          value={days}
          onChange={(v) => setDays(v)}
          options={spans.map((value) => ({ value, label: t('ownership.within', { n: value }) }))}
        />
        {exports && (
          <Button
            icon={<Download size={16} strokeWidth={1.75} />}
            href={`/api/v1/ownership/tracking/export?days=${days}&lang=${i18n.language}`}
          >
            {t('ownership.export')}
          </Button>
        )}
      </div>
      <QueryView query={query} lines={8}>
        {(x) => (
          <>
            <Table title={t('ownership.by_unit')} rows={x.units} />
            <Table title={t('ownership.by_person')} rows={x.staff} people />
          </>
        )}
      </QueryView>
    </>
  )
}

function Table({ title, rows, people }: { title: string; rows: Tracked[]; people?: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const figure = (key: 'customers' | 'owned' | 'by_rule' | 'by_hand' | 'claimed' | 'contacted' | 'changed') => ({
    key,
    title: t(`ownership.figure.${key}`),
    num: true,
    right: true,
    render: (x: Tracked) => num(x[key]),
  })
  const unit = (x: Tracked) => text(x.unit_name) || t('ownership.no_unit')
  return (
    <Panel title={title} flush>
      <PlainTable
        rows={rows}
        rowKey={(x) => `${x.unit_id}/${x.user_id}`}
        columns={[
          people
            ? {
                key: 'person',
                title: t('ownership.person'),
                head: true,
                render: (x) => x.user_name || t('ownership.nobody'),
              }
            : { key: 'unit', title: t('ownership.unit'), head: true, render: unit },
          ...(people ? [{ key: 'unit', title: t('ownership.unit'), render: unit }] : []),
          figure('customers'),
          ...(people ? [] : [figure('owned')]),
          figure('by_rule'),
          figure('by_hand'),
          figure('claimed'),
          figure('contacted'),
          figure('changed'),
        ]}
      />
    </Panel>
  )
}
