import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** How many years back are offered. */
const BACK = 6

/** The choice of a year, this one and some before it. */
export function YearSelect({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  const { t } = useTranslation()
  const now = new Date().getFullYear()
  const years = Array.from({ length: BACK }, (_, i) => now - i)
  return (
    <Select
      aria-label={t('statement.year')}
      value={year}
      onChange={onChange}
      options={(years.includes(year) ? years : [...years, year]).map((y) => ({
        value: y,
        label: t('statement.of_year', { year: y }),
      }))}
    />
  )
}
