import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Num } from '@/kit/Money'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import type { Made } from './data'
import type { StatisticsSearch } from './routes'

/** Every table that was made, each edition as it was. */
export function MadeTables(p: { list: Made[]; chosen?: Made; set: (patch: StatisticsSearch) => void }) {
  const { t } = useTranslation()
  if (p.list.length === 0) return <EmptyState title={t('complaint.made.none')} hint={t('complaint.made.none_hint')} />
  return (
    <Panel title={t('complaint.tab.made')}>
      <PlainTable<Made>
        caption={t('complaint.tab.made')}
        rows={p.list}
        rowKey={(m) => m.id}
        columns={[
          {
            key: 'month',
            title: t('complaint.month'),
            head: true,
            render: (m) => (
              <button
                type="button"
                className="text-button num"
                aria-label={t('complaint.made.open', { month: m.month, edition: m.edition })}
                onClick={() => p.set({ tab: 'figures', month: m.month, made: m.id })}
              >
                {m.month}
              </button>
            ),
          },
          {
            key: 'edition',
            title: t('complaint.made.edition'),
            num: true,
            right: true,
            render: (m) => <Num value={m.edition} />,
          },
          {
            key: 'complaints',
            title: t('complaint.received'),
            num: true,
            right: true,
            render: (m) => <Num value={m.complaints} />,
          },
          { key: 'by', title: t('complaint.made.by'), render: (m) => m.made_by || t('complaint.report.calendar') },
          {
            key: 'at',
            title: t('complaint.made.at'),
            num: true,
            render: (m) => <DateText value={Date.parse(m.made_at) * 1000} time />,
          },
          { key: 'reason', title: t('complaint.report.reason'), render: (m) => m.reason || '—' },
        ]}
      />
    </Panel>
  )
}
