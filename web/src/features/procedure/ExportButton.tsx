import { Button, Dropdown } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { caseQuery } from './CaseList'
import type { CaseSearch, CaseTab } from './routes'

/** Downloads the cases of the list as it stands. */
export default function ExportButton({ tab, search }: { tab: CaseTab; search: CaseSearch }) {
  const { t, i18n } = useTranslation()
  const link = (format: 'xlsx' | 'csv') => {
    const q = new URLSearchParams({ format, lang: i18n.language })
    for (const [key, v] of Object.entries(caseQuery(tab, search)))
      if (v !== undefined) q.set(key, Array.isArray(v) ? v.join(',') : String(v))
    return `/api/v1/cases/export?${q}`
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['xlsx', 'csv'] as const).map((format) => ({
          key: format,
          label: (
            <a href={link(format)} download>
              {format === 'xlsx' ? 'Excel' : 'CSV'}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('procedure.export')}</Button>
    </Dropdown>
  )
}
