import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** How many years back are offered. */
const BACK = 6

/** The choice of a year, this one and some before it; none stands there until the server has said which one is running. */
export function YearSelect({ year, onChange }: { year: number | undefined; onChange: (year: number) => void }) {
  const { t } = useTranslation()
  const now = new Date().getFullYear()
  const years = Array.from({ length: BACK }, (_, i) => now - i)
  return (
    <Select
      aria-label={t('statement.year')}
      value={year}
      onChange={onChange}
      options={(year === undefined || years.includes(year) ? years : [year, ...years].sort((a, b) => b - a)).map(
        (y) => ({
          value: y,
          label: t('statement.of_year', { year: y }),
        }),
      )}
    />
  )
}
