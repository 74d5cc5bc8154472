import { Button, Dropdown } from 'antd'
import { Download, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { queryOf } from '@/api/client'
import type { Made } from './data'
import type { StatisticsSearch, StatisticsTab } from './routes'

/** Downloads what the page shows, as a form to be signed or as a workbook, and prints the page. */
export function FilesOut(p: { tab: StatisticsTab; month: string; made?: Made; search: StatisticsSearch }) {
  const { t, i18n } = useTranslation()
  const link = (format: 'pdf' | 'xlsx') => {
    const common = { format, lang: i18n.language }
    if (p.tab === 'prevention')
      return `/api/v1/complaints/prevention/export?${queryOf({ ...common, department: p.search.department, state: p.search.state })}`
    if (p.made) return `/api/v1/complaints/tables/${p.made.id}/export?${queryOf(common)}`
    return `/api/v1/complaints/statistics/export?${queryOf({ ...common, month: p.month })}`
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: (['pdf', 'xlsx'] as const).map((format) => ({
            key: format,
            label: (
              <a href={link(format)} download>
                {format === 'pdf' ? 'PDF' : 'Excel'}
              </a>
            ),
          })),
        }}
      >
        <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('complaint.download')}</Button>
      </Dropdown>
      <Button
        icon={<Printer size={16} strokeWidth={1.75} />}
        aria-label={t('complaint.print')}
        onClick={() => window.print()}
      />
    </>
  )
}
