import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** The currency whose figures are shown; few customers have more than one. */
export default function CurrencyChoice(p: { value?: string; of: string[]; onChange: (c: string) => void }) {
  const { t } = useTranslation()
  return (
    <Select
      size="small"
      aria-label={t('record.currency')}
      value={p.value}
      onChange={p.onChange}
      options={p.of.map((c) => ({ value: c, label: c }))}
    />
  )
}
