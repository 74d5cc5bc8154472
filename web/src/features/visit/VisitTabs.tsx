import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { TabBar } from '@/kit/TabBar'

const places = {
  open: '/visits',
  calendar: '/visits/calendar',
  week: '/visits/week',
  past: '/visits?tab=past',
} as const

export type VisitTab = keyof typeof places

/** The ways to look at visits: the list of those ahead, the calendar, the proposed week, and those past. */
export function VisitTabs({ current }: { current: VisitTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <TabBar<VisitTab>
      label={t('visit.title')}
      tabs={(Object.keys(places) as VisitTab[]).map((key) => ({ key, label: t(`visit.tab.${key}`) }))}
      current={current}
      onChoose={(key) => void navigate({ href: places[key] })}
    />
  )
}
